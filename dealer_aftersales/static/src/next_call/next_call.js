import { registry } from "@web/core/registry";

const TODAY = "dealer_aftersales.dealer_callback_action_today";

/**
 * Shows the next call card in place of the present one, so that the way back leads to
 * the list and not through all the calls of the day. Without a next call it goes back.
 */
export async function nextCall(env, action) {
    const service = env.services.action;
    const resId = action.params.res_id;
    if (!resId) {
        return service
            .restore()
            .catch(() => service.doAction(TODAY, { clearBreadcrumbs: true }));
    }
    const current = service.currentController;
    const onCard =
        current?.action.res_model === "dealer.callback" && current.view?.type === "form";
    if (onCard) {
        return service.switchView("form", { resId });
    }
    return service.doAction({
        type: "ir.actions.act_window",
        res_model: "dealer.callback",
        res_id: resId,
        views: [[false, "form"]],
    });
}

registry.category("actions").add("dealer_next_call", nextCall);
