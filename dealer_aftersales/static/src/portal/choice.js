import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A choice on a portal page shows its consequence at once: the form is sent. */
export class DealerChoice extends Interaction {
    static selector = ".o_dealer_choice";
    dynamicContent = {
        "input, select": { "t-on-change": () => this.el.submit() },
        ".o_dealer_choice_send": { "t-att-class": () => ({ "d-none": true }) },
    };
}

registry
    .category("public.interactions")
    .add("dealer_aftersales.choice", DealerChoice);
