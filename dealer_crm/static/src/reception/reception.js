import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { DealerCars, DealerLines, DealerWho } from "../overview/overview";
import { formatMoment, useOpenRecord } from "../timeline/timeline";

const TYPING_PAUSE = 250;

/**
 * The box at the desk: type, paste or scan anything, Enter opens the card beside it.
 */
export class DealerReception extends Component {
    static template = "dealer_crm.Reception";
    static components = { Layout, DealerCars, DealerLines, DealerWho };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.openRecord = useOpenRecord();
        this.formatMoment = formatMoment;
        this.inputRef = useAutofocus({ refName: "input", mobile: true });
        this.answers = new KeepLast();
        this.cards = new KeepLast();
        this.searchSoon = useDebounced(() => this.search(), TYPING_PAUSE);
        const { text, hit } = this.props.state || {};
        this.state = useState({
            text: text || "",
            answeredText: "",
            hits: [],
            buttons: [],
            current: 0,
            hit: hit || null,
            card: null,
        });
        useSetupAction({
            getLocalState: () => ({ text: this.state.text, hit: this.state.hit }),
        });
        onWillStart(() => this.restore());
    }

    /** Back from a record: the same text and the same card, as they are now. */
    async restore() {
        if (this.state.text) {
            await this.search();
        }
        if (this.state.hit) {
            await this.loadCard();
        }
    }

    get isAnswered() {
        return this.state.text.trim() && this.state.answeredText === this.state.text;
    }

    onInput() {
        this.state.current = 0;
        this.searchSoon();
    }

    /** Answers that come late are dropped: only the last question counts. */
    async search() {
        const text = this.state.text;
        if (!text.trim()) {
            Object.assign(this.state, { hits: [], buttons: [], answeredText: "" });
            return;
        }
        const answer = await this.answers.add(
            this.orm.call("dealer.reception", "get_answer", [text])
        );
        if (text === this.state.text) {
            Object.assign(this.state, {
                hits: answer.hits,
                buttons: answer.new,
                answeredText: text,
            });
        }
    }

    async onKeydown(ev) {
        const { hits, current } = this.state;
        if (ev.isComposing) {
            return; // Enter belongs to the input method
        }
        if (ev.key === "ArrowDown") {
            this.state.current = Math.min(current + 1, hits.length - 1);
        } else if (ev.key === "ArrowUp") {
            this.state.current = Math.max(current - 1, 0);
        } else if (ev.key === "Escape") {
            this.clear();
        } else if (ev.key === "Enter") {
            this.onEnter();
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** A scanner types faster than the pause: then Enter asks at once. */
    async onEnter() {
        if (!this.isAnswered) {
            this.searchSoon.cancel();
            await this.search();
        }
        const hit = this.state.hits[this.state.current];
        if (hit) {
            this.openHit(hit, this.state.current);
        }
    }

    clear() {
        this.searchSoon.cancel();
        Object.assign(this.state, {
            text: "",
            answeredText: "",
            hits: [],
            buttons: [],
            current: 0,
            hit: null,
            card: null,
        });
        this.inputRef.el?.focus();
    }

    openHit(hit, index) {
        this.state.current = index;
        this.state.hit = {
            partner_id: hit.partner_id,
            vehicle_id: hit.vehicle_id,
            lead_id: hit.lead_id,
        };
        return this.loadCard();
    }

    chooseCar(carId) {
        this.state.hit.vehicle_id = carId;
        return this.loadCard();
    }

    async loadCard() {
        const { partner_id, vehicle_id, lead_id } = this.state.hit;
        this.state.card = await this.cards.add(
            this.orm.call("dealer.reception", "get_desk_card", [
                partner_id,
                vehicle_id,
                lead_id,
            ])
        );
    }

    /** A dialog that closes may have changed what the card says. */
    run(button) {
        this.action.doAction(button.action, {
            onClose: async () => {
                if (this.state.hit) {
                    await this.loadCard();
                }
                this.inputRef.el?.focus();
            },
        });
    }
}

registry.category("actions").add("dealer_reception", DealerReception);
