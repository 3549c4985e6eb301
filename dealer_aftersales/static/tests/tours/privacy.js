import { registry } from "@web/core/registry";

/** Presses a smart button, also where a narrow screen hides it under "More". */
function pressSmartButton(name) {
    return [
        {
            trigger: ".o-form-buttonbox",
            run: () => {
                if (!document.querySelector(`.o-form-buttonbox button[name='${name}']`)) {
                    document.querySelector(".o-form-buttonbox .o_button_more").click();
                }
            },
        },
        {
            trigger: `button[name='${name}']`,
            run: "click",
        },
    ];
}

/** Opens the page of a person's data from the menu. */
function openPersonalData(name) {
    return [
        {
            trigger: ".o_list_view .o_data_row",
        },
        {
            trigger: ".o_menu_sections button:contains('Configuration')",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .dropdown-item:contains('Personal Data')",
            run: "click",
        },
        {
            trigger: ".modal div[name=partner_id] input",
            run: `edit ${name}`,
        },
        {
            trigger: `.o-autocomplete--dropdown-item:contains('${name}')`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("dealer_consent_withdrawn", {
    steps: () => [
        ...pressSmartButton("action_change_consent"),
        {
            content: "He wants no advertising and no care any more",
            trigger: ".modal div[name=state] input[data-value=withdrawn]",
            run: "click",
        },
        {
            trigger: ".modal div[name=is_care] input",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_person_forgotten", {
    url: "/odoo/dealer-customers",
    steps: () => [
        ...openPersonalData("Li Leaves"),
        {
            content: "What is held of him",
            trigger: ".modal div[name=preview] td",
        },
        {
            trigger: ".modal div[name=reason] input",
            run: "edit Letter of today",
        },
        {
            trigger: ".modal button[name=action_anonymise]",
            run: "click",
        },
        {
            trigger: ".modal:contains('Forget this person') .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal div[name=reason]))",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_person_kept", {
    url: "/odoo/dealer-customers",
    steps: () => [
        ...openPersonalData("Li Buyer"),
        {
            content: "His papers are kept by law: restricted, not forgotten",
            trigger: ".modal div[name=retention_end]",
        },
        {
            trigger: ".modal:not(:has(button[name=action_anonymise])) div[name=reason] input",
            run: "edit Letter of today",
        },
        {
            trigger: ".modal button[name=action_restrict]",
            run: "click",
        },
        {
            trigger: ".modal:contains('no call and no mailing') .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal div[name=reason]))",
        },
    ],
});
