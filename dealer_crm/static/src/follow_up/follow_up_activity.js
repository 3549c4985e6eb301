import { Activity } from "@mail/core/web/activity";
import { ActivityListPopoverItem } from "@mail/core/web/activity_list_popover_item";
import { patch } from "@web/core/utils/patch";

/**
 * A planned follow-up is done in the one dialog to log a contact: it asks for the
 * outcome and plans the next.
 */
async function logContact(env, activity) {
    const { orm, action } = env.services;
    const dialog = await orm.call("crm.lead", "action_log_contact", [[activity.res_id]]);
    await new Promise((resolve) => action.doAction(dialog, { onClose: resolve }));
}

patch(Activity.prototype, {
    async onClickMarkAsDone() {
        if (!this.props.activity.is_dealer_follow_up) {
            return super.onClickMarkAsDone(...arguments);
        }
        const thread = this.thread;
        await logContact(this.env, this.props.activity);
        this.props.onActivityChanged(thread);
        this.props.reloadParentView();
        await thread.fetchNewMessages();
    },
});

patch(ActivityListPopoverItem.prototype, {
    async onClickMarkAsDone() {
        if (!this.props.activity.is_dealer_follow_up) {
            return super.onClickMarkAsDone(...arguments);
        }
        const changed = this.props.onActivityChanged;
        await logContact(this.env, this.props.activity);
        changed?.();
    },
});
