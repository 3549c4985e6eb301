import { Component, onMounted, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { DealerTimeline, useOpenRecord } from "../timeline/timeline";

/** Small cards of cars: model, plate, figures, and the person's roles on them. */
export class DealerCars extends Component {
    static template = "dealer_crm.Cars";
    static props = { cars: Array, onChoose: { type: Function, optional: true } };

    setup() {
        this.openRecord = useOpenRecord();
    }

    /** Where one is asked for, a click chooses the car; else it opens its card. */
    onCar(carId) {
        if (this.props.onChoose) {
            this.props.onChoose(carId);
        } else {
            this.openRecord("fleet.vehicle", carId);
        }
    }
}

/** What is open or planned, one line each; a click opens the record behind it. */
export class DealerLines extends Component {
    static template = "dealer_crm.Lines";
    static props = { lines: Array };

    setup() {
        this.openRecord = useOpenRecord();
    }
}

/** Tags, marks and habits of a person in one row of badges. */
export class DealerWho extends Component {
    static template = "dealer_crm.Who";
    static props = { who: Object, marks: Array };
}

/**
 * The first page of a customer file: who, which cars, what is open, what is next,
 * and what happened. Read after the form is there, so that the form waits for nothing.
 */
export class DealerOverview extends Component {
    static template = "dealer_crm.Overview";
    static components = { DealerCars, DealerLines, DealerTimeline, DealerWho };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ data: null });
        onMounted(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => {
            if (this.getKey(record) !== this.loadedKey) {
                this.load(record);
            }
        });
    }

    /** Changes with the record shown, and with what is logged on it. */
    getKey(record) {
        const { contact_count: contacts, vehicle_count: cars } = record.data;
        return `${record.resId} ${contacts} ${cars}`;
    }

    async load(record) {
        this.loadedKey = this.getKey(record);
        if (!record.resId) {
            this.state.data = null;
            return;
        }
        this.state.data = await this.keepLast.add(
            this.orm.call("res.partner", "get_dealer_overview", [[record.resId]])
        );
    }
}

registry.category("view_widgets").add("dealer_overview", { component: DealerOverview });
