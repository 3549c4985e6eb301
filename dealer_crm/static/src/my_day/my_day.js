import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useRefresh } from "../floor/refresh";
import { useOpenRecord } from "../timeline/timeline";

const REFRESH = 120000;

/**
 * The consultant's day: cards of what is overdue, due, agreed and promised. One click
 * logs the contact, and the card leaves.
 */
export class DealerMyDay extends Component {
    static template = "dealer_crm.MyDay";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.openRecord = useOpenRecord();
        this.answers = new KeepLast();
        this.root = useRef("root");
        const { userId } = this.props.state || {};
        this.state = useState({ data: null, userId: userId || false, isBusy: false });
        useSetupAction({ getLocalState: () => ({ userId: this.state.userId }) });
        onWillStart(() => this.load());
        useRefresh(() => this.load(), REFRESH);
    }

    async load() {
        this.state.data = await this.answers.add(
            this.orm.silent.call("dealer.my.day", "get_day", [this.state.userId])
        );
    }

    chooseUser(ev) {
        this.state.userId = parseInt(ev.target.value) || false;
        return this.load();
    }

    run(action) {
        if (action) {
            this.action.doAction(action, { onClose: () => this.load() });
        }
    }

    /** The one dialog to log a contact; what was logged is read again. */
    async log(card) {
        if (card.lead_id) {
            this.run(await this.orm.call("crm.lead", "action_log_contact", [[card.lead_id]]));
        }
    }

    async press(card) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.orm.call(card.model, card.button.method, [[card.res_id]]);
        } finally {
            this.state.isBusy = false;
            await this.load();
        }
    }

    /** Enter opens the card in focus, L logs a contact; arrows go to the neighbours. */
    onKeydown(ev, card) {
        if (ev.target !== ev.currentTarget || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        if (ev.key === "Enter") {
            this.openRecord(card.model, card.res_id);
        } else if (ev.key === "l" || ev.key === "L") {
            this.log(card);
        } else if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            this.moveFocus(ev.currentTarget, ev.key === "ArrowDown" ? 1 : -1);
        } else {
            return;
        }
        ev.preventDefault();
    }

    moveFocus(card, step) {
        const cards = [...this.root.el.querySelectorAll(".o_dealer_card")];
        cards[cards.indexOf(card) + step]?.focus();
    }
}

registry.category("actions").add("dealer_my_day", DealerMyDay);
