import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * How often the customer comes and how he pays. Asked of the server when the page is
 * opened, so that the form itself costs nothing more.
 */
export class DealerObserved extends Component {
    static template = "dealer_aftersales.Observed";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ lines: [] });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((props) => this.load(props.record.resId));
    }

    async load(resId) {
        if (resId === this.resId) {
            return;
        }
        this.resId = resId;
        const lines = resId
            ? await this.orm.call("res.partner", "get_dealer_observed", [resId])
            : [];
        if (resId === this.resId) {
            this.state.lines = lines;
        }
    }
}

registry.category("view_widgets").add("dealer_observed", { component: DealerObserved });
