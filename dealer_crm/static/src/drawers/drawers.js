import { Component, useState } from "@odoo/owl";
import {
    CrmKanbanDynamicGroupList,
    CrmKanbanModel,
} from "@crm/views/crm_kanban/crm_kanban_model";
import { crmKanbanView } from "@crm/views/crm_kanban/crm_kanban_view";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks why a card goes to another drawer; no reason, no move. */
export class DrawerReasonDialog extends Component {
    static template = "dealer_crm.DrawerReasonDialog";
    static components = { Dialog };
    static props = {
        title: String,
        reasons: { type: Array, element: String },
        onReason: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ reason: "" });
        this.input = useAutofocus({ refName: "reason" });
    }

    get hasReason() {
        return Boolean(this.state.reason.trim());
    }

    take(reason) {
        this.state.reason = reason;
        this.confirm();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && this.hasReason) {
            this.confirm();
        }
    }

    confirm() {
        this.props.onReason(this.state.reason.trim());
        this.props.close();
    }
}

/** A card dragged into the drawer of another grade is a decision with a reason. */
export class DrawerGroupList extends CrmKanbanDynamicGroupList {
    async moveRecord(dataRecordId, dataGroupId, refId, targetGroupId) {
        if (this.groupByField.name !== "grade_id" || dataGroupId === targetGroupId) {
            return super.moveRecord(...arguments);
        }
        const source = this.groups.find((group) => group.id === dataGroupId);
        const target = this.groups.find((group) => group.id === targetGroupId);
        const record = source.list.records.find((r) => r.id === dataRecordId);
        const reason = await this.model.askDrawerReason(source, target);
        if (reason) {
            await this.model.orm.call("crm.lead", "action_move_to_drawer", [
                [record.resId],
                target.value,
                reason,
            ]);
            await this.model.load();
        }
    }
}

export class DrawerModel extends CrmKanbanModel {
    static services = [...CrmKanbanModel.services, "dialog"];
    static DynamicGroupList = DrawerGroupList;

    setup(params, { dialog }) {
        super.setup(...arguments);
        this.dialog = dialog;
    }

    /** @returns {Promise<string|null>} the reason, null where the move is given up */
    async askDrawerReason(source, target) {
        const reasons = await this.orm.call("crm.lead", "get_drawer_reasons", [
            target.value,
        ]);
        return new Promise((resolve) => {
            this.dialog.add(
                DrawerReasonDialog,
                {
                    title: `${source.displayName} → ${target.displayName}`,
                    reasons,
                    onReason: resolve,
                },
                { onClose: () => resolve(null) }
            );
        });
    }
}

registry.category("views").add("dealer_drawers", {
    ...crmKanbanView,
    Model: DrawerModel,
});
