import { Component, onMounted, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { useOpenRecord } from "@dealer_crm/timeline/timeline";

/**
 * What is due on the car and open with its customer, beside the order. Read after the
 * form is there; a button takes the line over into the order.
 */
export class DealerOrderHints extends Component {
    static template = "dealer_aftersales.OrderHints";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.openRecord = useOpenRecord();
        this.answers = new KeepLast();
        this.state = useState({ hints: [], isBusy: false });
        onMounted(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => {
            if (this.getKey(record) !== this.loadedKey) {
                this.load(record);
            }
        });
    }

    /** Changes with the record, its car and its state. */
    getKey(record) {
        const { vehicle_id: car, service_state: state } = record.data;
        return `${record.resId} ${car && car.id} ${state}`;
    }

    async load(record) {
        this.loadedKey = this.getKey(record);
        this.state.hints = record.resId
            ? await this.answers.add(
                  this.orm.silent.call("repair.order", "get_order_hints", [[record.resId]])
              )
            : [];
    }

    async take(hint) {
        const record = this.props.record;
        if (this.state.isBusy || !(await record.save())) {
            return;
        }
        this.state.isBusy = true;
        try {
            const action = await this.orm.call(
                "repair.order",
                hint.action,
                [[record.resId]],
                { context: { hint_id: hint.id } }
            );
            if (action && action.type) {
                await this.action.doAction(action, { onClose: () => this.refresh() });
            }
        } finally {
            this.state.isBusy = false;
        }
        await this.refresh();
    }

    async refresh() {
        await this.props.record.load();
        await this.load(this.props.record);
    }
}

registry.category("view_widgets").add("dealer_order_hints", {
    component: DealerOrderHints,
    fieldDependencies: [
        { name: "vehicle_id", type: "many2one" },
        { name: "service_state", type: "selection" },
    ],
});
