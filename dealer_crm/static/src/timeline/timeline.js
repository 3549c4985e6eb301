import { Component, onMounted, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PAGE = 30;

/** "10/03/2026 12:00", or the day alone where an event has no hour. */
export function formatMoment(event) {
    if (event.is_day) {
        return formatDate(deserializeDate(event.date));
    }
    const format = `${localization.dateFormat} HH:mm`;
    return formatDateTime(deserializeDateTime(event.date), { format });
}

/** Opens a record in the form that is meant for it. */
export function useOpenRecord() {
    const orm = useService("orm");
    const action = useService("action");
    return async (model, resId) => {
        if (model && resId) {
            action.doAction(await orm.call(model, "get_formview_action", [[resId]]));
        }
    };
}

/**
 * Everything that happened with a customer, a lead or a car: newest first, one line
 * each, filtered by kind and car, more while one scrolls.
 */
export class DealerTimeline extends Component {
    static template = "dealer_crm.Timeline";
    static props = {
        resModel: String,
        resId: Number,
        cars: { type: Array, optional: true },
        refreshKey: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.openRecord = useOpenRecord();
        this.formatMoment = formatMoment;
        this.keepLast = new KeepLast();
        this.moreRef = useRef("more");
        this.state = useState(this.emptyState);
        onMounted(() => this.load(this.props));
        onWillUpdateProps((next) => this.onPropsChanged(next));
        useEffect(
            (more) => this.loadWhenSeen(more),
            () => [this.moreRef.el, this.state.next]
        );
    }

    get emptyState() {
        return {
            events: [],
            kinds: [],
            chosen: [],
            vehicleId: false,
            next: false,
            isLoading: true,
        };
    }

    onPropsChanged(next) {
        const { resModel, resId, refreshKey } = this.props;
        if (next.resModel !== resModel || next.resId !== resId) {
            Object.assign(this.state, this.emptyState);
            this.load(next);
        } else if (next.refreshKey !== refreshKey) {
            this.load(next);
        }
    }

    /** The button for more is pressed by scrolling to it, too. */
    loadWhenSeen(more) {
        if (!more) {
            return;
        }
        const observer = new IntersectionObserver(([entry]) => {
            if (entry.isIntersecting) {
                this.loadMore();
            }
        });
        observer.observe(more);
        return () => observer.disconnect();
    }

    fetch(props, before) {
        const args = [[props.resId]];
        return this.keepLast.add(
            this.orm.call(props.resModel, "get_dealer_timeline", args, {
                kinds: [...this.state.chosen],
                vehicle_id: this.state.vehicleId,
                before: before || null,
                limit: PAGE,
            })
        );
    }

    async load(props) {
        this.state.isLoading = true;
        const { events, next, kinds } = await this.fetch(props, false);
        Object.assign(this.state, { events, next, kinds, isLoading: false });
    }

    async loadMore() {
        if (this.state.isLoading || !this.state.next) {
            return;
        }
        this.state.isLoading = true;
        const { events, next } = await this.fetch(this.props, this.state.next);
        this.state.events.push(...events);
        Object.assign(this.state, { next, isLoading: false });
    }

    toggleKind(kind) {
        const chosen = this.state.chosen;
        this.state.chosen = chosen.includes(kind)
            ? chosen.filter((other) => other !== kind)
            : [...chosen, kind];
        this.load(this.props);
    }

    toggleCar(vehicleId) {
        this.state.vehicleId = this.state.vehicleId === vehicleId ? false : vehicleId;
        this.load(this.props);
    }
}

/** The timeline in a form, of the record shown there. */
export class DealerTimelineWidget extends Component {
    static template = "dealer_crm.TimelineWidget";
    static components = { DealerTimeline };
    static props = { ...standardWidgetProps };

    /** A logged contact changes one of these: then the timeline is read again. */
    get refreshKey() {
        const { last_contact_date: last, contact_count: count } = this.props.record.data;
        return `${last || ""} ${count || 0}`;
    }
}

registry.category("view_widgets").add("dealer_timeline", {
    component: DealerTimelineWidget,
});
