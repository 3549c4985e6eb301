import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useRefresh } from "@dealer_crm/floor/refresh";
import { useOpenRecord } from "@dealer_crm/timeline/timeline";

const REFRESH = 60000;

/** The service centre's day: numbers that open their records, and who waits for what. */
export class DealerServiceDay extends Component {
    static template = "dealer_aftersales.ServiceDay";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.openRecord = useOpenRecord();
        this.answers = new KeepLast();
        this.state = useState({ data: null });
        onWillStart(() => this.load());
        useRefresh(() => this.load(), REFRESH);
    }

    async load() {
        this.state.data = await this.answers.add(
            this.orm.silent.call("dealer.service.day", "get_today", [])
        );
    }

    run(action) {
        if (action) {
            this.action.doAction(action, { onClose: () => this.load() });
        }
    }
}

registry.category("actions").add("dealer_service_day", DealerServiceDay);
