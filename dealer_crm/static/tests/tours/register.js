import { registry } from "@web/core/registry";

const cell = (name) => `.o_selected_row td[name=${name}]`;

// Six keys beside the typing: New, Tab, Tab, Enter, and the Tabs of no dialog.
registry.category("web_tour.tours").add("dealer_register_walk_in", {
    url: "/odoo/visit-register",
    steps: () => [
        {
            content: "A new line",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "The next consultant is proposed",
            trigger: `${cell("user_id")}:has(input:value(Li))`,
        },
        {
            content: "The first key goes to the phone",
            trigger: `${cell("visitor_phone")} input:focus`,
            run: "edit 13800138001 && press Tab",
        },
        {
            trigger: `${cell("visitor_name")} input:focus`,
            run: "edit Sun Testa && press Tab",
        },
        {
            trigger: `${cell("party_size")} input:focus`,
            run: "edit 3 && press Enter",
        },
        {
            content: "The line is saved and the next one is open",
            trigger: ".o_data_row:not(.o_selected_row):contains('Sun Testa')",
        },
        {
            content: "The foot counts people",
            trigger: "tfoot:contains('4')",
        },
        {
            content: "The visitor leaves",
            trigger: `${cell("visitor_phone")} input`,
            run: "press Escape",
        },
        {
            trigger: ".o_data_row:contains('Sun Testa') td[name=is_read_back]",
            run: "click",
        },
        {
            trigger: `${cell("is_read_back")} input`,
            run: "check",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Sun Testa') button[name=action_leave]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.o_data_row:contains('Sun Testa') button[name=action_leave]))",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_register_returning", {
    url: "/odoo/visit-register",
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: `${cell("visitor_phone")} input:focus`,
            run: "edit 13800138000 && press Tab",
        },
        {
            content: "The register says who it is",
            trigger: ".o_notification:contains('Open lead of Xu')",
        },
        {
            content: "Name, model and earlier consultant are there",
            trigger: `${cell("user_id")}:has(input:value(Xu))`,
        },
        {
            trigger: `${cell("visitor_name")} input:value(Zhao Testa)`,
            run: "press Enter",
        },
        {
            trigger: ".o_data_row:not(.o_selected_row):contains('Zhao Testa')",
        },
    ],
});
