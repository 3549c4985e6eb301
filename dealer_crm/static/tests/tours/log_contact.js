import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_log_contact", {
    url: "/odoo/dealer-due",
    steps: () => [
        {
            content: "Log a contact from the list of today",
            trigger: ".o_data_row:contains('Zhao Tour') button[name=action_log_contact]",
            run: "click",
        },
        {
            content: "Not reached",
            trigger: ".modal div[name=outcome] .o_selection_badge:contains('Not reached')",
            run: "click",
        },
        {
            trigger: ".modal div[name=content] textarea",
            run: "edit Mailbox is full",
        },
        {
            content: "Save",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The lead has left today's list",
            trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:contains('Zhao Tour')))",
        },
    ],
});
