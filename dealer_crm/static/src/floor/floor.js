import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useOpenRecord } from "../timeline/timeline";
import { useRefresh } from "./refresh";

const REFRESH = 30000;

/** Who is with whom now, who waits, whose turn it is, and the numbers of the day. */
export class DealerFloor extends Component {
    static template = "dealer_crm.Floor";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.openRecord = useOpenRecord();
        this.answers = new KeepLast();
        this.state = useState({ data: null, isBusy: false });
        onWillStart(() => this.load());
        useRefresh(() => this.load(), REFRESH);
    }

    async load() {
        this.state.data = await this.answers.add(
            this.orm.silent.call("dealer.floor", "get_today", [])
        );
    }

    /** A button that changes something: once at a time, then all is read again. */
    async press(model, method, ids) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            return await this.orm.call(model, method, [ids]);
        } finally {
            this.state.isBusy = false;
            await this.load();
        }
    }

    async onGiveTurn(visit) {
        const name = await this.press("dealer.floor", "give_turn", visit.id);
        if (name) {
            this.notification.add(name, { type: "success" });
        }
    }

    async onLead(visit) {
        this.run(await this.orm.call("dealer.contact", "action_make_lead", [[visit.id]]));
    }

    run(action) {
        if (action) {
            this.action.doAction(action, { onClose: () => this.load() });
        }
    }

    openRota() {
        const { rota } = this.state.data;
        return rota
            ? this.openRecord("dealer.rota", rota.id)
            : this.run("dealer_crm.dealer_rota_action");
    }
}

registry.category("actions").add("dealer_floor", DealerFloor);
