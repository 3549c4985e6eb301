import { registry } from "@web/core/registry";

const VIN = "LSVAA49JXR2000008";

/** Finds the car at the desk by the end of its VIN. */
function findAtDesk() {
    return [
        {
            trigger: ".o_dealer_reception_input:focus",
            run: `edit ${VIN.slice(-6)}`,
        },
        {
            trigger: ".o_dealer_hit:contains('苏A99887')",
        },
        {
            trigger: ".o_dealer_reception_input",
            run: "press Enter",
        },
    ];
}

registry.category("web_tour.tours").add("dealer_foreign_car_arrives", {
    url: "/odoo/dealer-reception",
    steps: () => [
        {
            content: "Nobody knows this car",
            trigger: ".o_dealer_reception_input:focus",
            run: `edit ${VIN}`,
        },
        {
            trigger: ".o_dealer_nobody",
        },
        {
            trigger: ".o_dealer_reception button[data-key=unknown_car]",
            run: "click",
        },
        {
            trigger: ".modal div[name=license_plate] input",
            run: "edit 苏A99887",
        },
        {
            trigger: ".modal div[name=model_id] input",
            run: "edit Lavida T",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains('Lavida T')",
            run: "click",
        },
        {
            trigger: ".modal div[name=phone] input",
            run: "edit 13912345671",
        },
        {
            trigger: ".modal div[name=name] input",
            run: "edit Sun Foreign",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The order is open, on the new car of the new customer",
            trigger: ".o_form_view div[name=vin_sn]:contains('LSVAA49JXR2000008')",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_foreign_car_traded_in", {
    url: "/odoo/dealer-reception",
    steps: () => [
        ...findAtDesk(),
        {
            content: "Its card",
            trigger: ".o_dealer_desk_card button[data-key=car]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_open_repurchase]",
            run: "click",
        },
        {
            trigger: ".modal div[name=has_trade_in] input",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_make_lead]",
            run: "click",
        },
        {
            content: "The lead of the next car; the old one on its own page",
            trigger: ".o_form_view .o_notebook a[name=dealer_trade_in]",
            run: "click",
        },
        {
            trigger: "div[name=trade_in_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal div[name=appraisal_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal div[name=appraisal_ids] [name=offer] input",
            run: "edit 45000",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_button_save",
            run: "click",
        },
        {
            content: "The car is taken over",
            trigger: ".o_form_saved div[name=trade_in_ids] button[name=action_take_over]",
            run: "click",
        },
        {
            trigger: ".modal:contains('stock car') .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) div[name=trade_in_ids] .o_data_row:contains('Taken over')",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_foreign_car_resold", {
    url: "/odoo/dealer-reception",
    steps: () => [
        ...findAtDesk(),
        {
            trigger: ".o_dealer_desk_card button[data-key=car]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_open_transfer]:contains('Hand to Owner')",
            run: "click",
        },
        {
            trigger: ".modal div[name=partner_id] input",
            run: "edit Zhou Newowner",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains('Zhou Newowner')",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_transfer]",
            run: "click",
        },
        {
            content: "The card tells of the new owner only",
            trigger: ".o_form_view div[name=owner_id] input:value('Zhou Newowner')",
        },
    ],
});
