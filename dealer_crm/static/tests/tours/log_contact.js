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

// Clicks: log, reached, save. What is typed is what the customer said.
registry.category("web_tour.tours").add("dealer_log_contact_card", {
    url: "/odoo/dealer-drawers",
    steps: () => [
        {
            content: "Log a contact from the card",
            trigger: ".o_kanban_record:contains('Qian Tour') a[name=action_log_contact]",
            run: "click",
        },
        {
            content: "Reached",
            trigger: ".modal div[name=outcome] .o_selection_badge:contains(/^Reached$/)",
            run: "click",
        },
        {
            content: "The grade is kept without another click",
            trigger: ".modal div[name=grade_answer] .o_selection_badge.active:contains('Keep')",
        },
        {
            trigger: ".modal div[name=content] textarea",
            run: "edit Comes on Saturday",
        },
        {
            content: "Save",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_kanban_record:contains('Qian Tour')",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_log_not_reached", {
    url: "/odoo/dealer-due",
    steps: () => [
        {
            content: "Nobody answers",
            trigger: ".o_data_row:contains('Sun Tour') button[name=action_log_not_reached]",
            run: "click",
        },
        {
            content: "Yes, nobody",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The lead has left today's list",
            trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:contains('Sun Tour')))",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_log_contact_activity", {
    steps: () => [
        {
            content: "The planned follow-up is done",
            trigger: ".o-mail-Activity .o-mail-Activity-markDone",
            run: "click",
        },
        {
            content: "Reached",
            trigger: ".modal div[name=outcome] .o_selection_badge:contains(/^Reached$/)",
            run: "click",
        },
        {
            trigger: ".modal div[name=content] textarea",
            run: "edit Wants the red one",
        },
        {
            content: "Save with the keyboard",
            trigger: ".modal div[name=content] textarea",
            run: "press Control+Enter",
        },
        {
            content: "The chatter shows the next follow-up",
            trigger: "body:not(:has(.modal)) .o-mail-Activity .o-mail-Activity-markDone",
        },
    ],
});
