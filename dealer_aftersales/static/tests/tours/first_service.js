import { registry } from "@web/core/registry";

const CURRENT = ".o_statusbar_status .o_arrow_button_current";

/** Presses a button of the order and waits for the state it leads to. */
function step(name, state) {
    return [
        {
            content: `${name} leads to ${state}`,
            trigger: `.o_statusbar_buttons button[name=${name}]:not(:disabled)`,
            run: "click",
        },
        {
            trigger: `${CURRENT}:contains('${state}')`,
        },
    ];
}

registry.category("web_tour.tours").add("dealer_first_service_booked", {
    url: "/odoo/calls-today",
    steps: () => [
        {
            content: "The reminder tells why it comes now",
            trigger: ".o_data_row:contains('Wu Owner') td[name=reason]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_book_visit]",
            run: "click",
        },
        {
            trigger: ".o_form_view div[name=request] textarea",
            run: "edit Oil service",
        },
        {
            trigger: ".o_form_view div[name=date_start] input, .o_form_view button[data-field=date_start]",
            run: "click",
        },
        {
            content: "The hour that the picker proposes",
            trigger: ".o_datetime_picker .o_today, .o_datetime_picker .o_date_item_cell.o_today",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: `.o_form_saved ${CURRENT}:contains('Booked')`,
        },
    ],
});

registry.category("web_tour.tours").add("dealer_first_service_done", {
    url: "/odoo/appointments",
    steps: () => [
        {
            trigger: ".o_calendar_view, .o_list_view",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "The car is here",
            trigger: ".o_data_row:contains('Wu Owner') button[name=action_arrive]",
            run: "click",
        },
        {
            trigger: `${CURRENT}:contains('Received')`,
        },
        {
            content: "What is due is taken over with one click",
            trigger: ".o_dealer_hint:contains('Oil service') button.btn-secondary",
            run: "click",
        },
        {
            trigger: "div[name=labor_ids] .o_data_row:contains('Oil service')",
        },
        {
            content: "A part",
            trigger: ".o_notebook a[name=parts]",
            run: "click",
        },
        {
            trigger: "div[name=move_ids] .o_field_x2many_list_row_add a:contains('Add a line')",
            run: "click",
        },
        {
            trigger: "div[name=move_ids] .o_selected_row div[name=product_id] input",
            run: "edit Oil filter T",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains('Oil filter T')",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            content: "The customer is asked",
            trigger: ".o_statusbar_buttons button[name=action_send_estimate]",
            run: "click",
        },
        {
            trigger: ".o_form_view div[name=date_sent]",
        },
        {
            trigger: ".o_breadcrumb li.breadcrumb-item:last-of-type a",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_answer_estimate]",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        ...step("action_start_work", "In Work"),
        ...step("action_check", "Quality Check"),
        {
            content: "A second look, point by point",
            trigger: ".o_notebook a[name=dealer_inspection]",
            run: "click",
        },
        {
            trigger: "button[name=action_open_quality_check]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_all_ok]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_finish]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_open_repair]",
            run: "click",
        },
        ...step("action_ready", "Ready"),
        {
            content: "One sale order per payer",
            trigger: ".o_statusbar_buttons button[name=action_settle]",
            run: "click",
        },
        ...step("action_deliver", "Delivered"),
    ],
});

registry.category("web_tour.tours").add("dealer_first_service_card", {
    url: "/odoo/action-dealer_aftersales.dealer_card_handover_action",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Wu Owner') button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Wu Owner'):contains('Confirmed'), .o_nocontent_help",
        },
    ],
});
