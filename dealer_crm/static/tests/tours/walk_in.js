import { registry } from "@web/core/registry";

const EDITED = ".o_data_row.o_selected_row";

/** Types into a many2one of `root` and takes the line that fits. */
function choose(root, field, text, exact = false) {
    return [
        {
            trigger: `${root} div[name=${field}] input`,
            run: `edit ${text}`,
        },
        {
            trigger: `.o-autocomplete--dropdown-item a:${exact ? 'text' : 'contains'}('${text}')`,
            run: "click",
        },
    ];
}

/** One line of the visit register, by phone and name. */
function register(phone, name) {
    return [
        {
            content: "A new line of the register",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: `${EDITED} [name=visitor_phone] input`,
            run: `edit ${phone}`,
        },
        {
            trigger: `${EDITED} [name=visitor_name] input`,
            run: `edit ${name}`,
        },
    ];
}

registry.category("web_tour.tours").add("dealer_rota_confirmed", {
    url: "/odoo/dealer-rota",
    steps: () => [
        {
            content: "The rota of today",
            trigger: ".o_data_row .o_data_cell",
            run: "click",
        },
        {
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Confirmed')",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_walk_in_registered", {
    url: "/odoo/visit-register",
    steps: () => [
        ...register("13912345678", "Qian Walkin"),
        ...choose(EDITED, "vehicle_model_id", "Lavida T"),
        {
            content: "Read name and phone back",
            trigger: `${EDITED} [name=is_read_back] input`,
            run: "click",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "The line stands in the register",
            trigger: ".o_list_view:not(:has(.o_selected_row)) .o_data_row:contains('Qian Walkin')",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_walk_in_needs", {
    url: "/odoo/visit-register",
    steps: () => [
        {
            content: "One press makes the lead",
            trigger: ".o_data_row:contains('Qian Walkin') button[name=action_make_lead]",
            run: "click",
        },
        {
            trigger: ".o_form_view div[name=budget_max] input",
            run: "edit 180000",
        },
        {
            trigger: "button[name=action_put_on_file]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('On File')",
        },
        {
            content: "Needs analysis, with what is known filled in",
            trigger: "button[name=action_open_needs]",
            run: "click",
        },
        {
            trigger: ".o_form_view div[name=use_note] input",
            run: "edit To work and school",
        },
        {
            trigger: ".o_form_view div[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose(".o_form_view div[name=line_ids]", "vehicle_model_id", "Lavida T"),
        {
            trigger: ".o_form_view div[name=line_ids] [name=reason] input",
            run: "edit Room for the children",
        },
        ...choose(".o_form_view", "grade_id", "B", true),
        {
            trigger: ".o_form_view div[name=grade_reason] input",
            run: "edit Buys within three months",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Back on the lead",
            trigger: ".o_form_saved .breadcrumb-item a, .o_back_button a",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Needs Analysis')",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_second_visit", {
    url: "/odoo/visit-register",
    steps: () => [
        ...register("139 1234 5678", "Qian"),
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "Recognised as the person who came before",
            trigger: ".o_list_view:not(:has(.o_selected_row)) .o_data_row [name=is_repeat] input:checked",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_lead_lost", {
    url: "/odoo/dealer-leads",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Qian Walkin') .o_data_cell",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button:contains('Lost')",
            run: "click",
        },
        {
            trigger: ".modal div[name=lost_reason_id] .o_selection_badge:contains('Too expensive')",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_lost_reason_apply]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains('Lost')",
        },
    ],
});
