import { registry } from "@web/core/registry";

/** Types a name into a field of the dialog and takes the proposal. */
function choose(field, name) {
    return [
        {
            trigger: `.modal div[name=${field}] input`,
            run: `edit ${name}`,
        },
        {
            trigger: `.o-autocomplete--dropdown-item:contains('${name}')`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("dealer_leaver", {
    url: "/odoo/dealer-handovers",
    steps: () => [
        {
            trigger: ".o_list_view button:contains('Hand over Work')",
            run: "click",
        },
        ...choose("from_user_id", "Consultant"),
        {
            content: "What is open in his hands",
            trigger: ".modal button[name=action_list]",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:contains('Open leads')",
        },
        {
            trigger: ".modal .o_data_row:contains('Customers')",
        },
        {
            trigger: ".modal .o_data_row:contains('Cars')",
        },
        ...choose("to_user_ids", "Heir"),
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The log says who got what",
            trigger: "body:not(:has(.modal)) .o_form_view .o_data_row:contains('Open leads')",
        },
        {
            content: "The records behind a line",
            trigger: "body:not(:has(.modal)) .o_form_view .o_data_row:contains('Open leads') button[name=action_open]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('Asks for a Lavida')",
        },
    ],
});
