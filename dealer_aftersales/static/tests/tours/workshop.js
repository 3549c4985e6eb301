import { registry } from "@web/core/registry";

/** Three clicks at most from the box to an open order: Open, Save (SVC-01). */
registry.category("web_tour.tours").add("dealer_reception_to_order", {
    url: "/odoo/dealer-reception",
    steps: () => [
        {
            content: "The last six of the VIN, then Enter: no click yet",
            trigger: ".o_dealer_reception_input:focus",
            run: "edit 000008",
        },
        {
            trigger: ".o_dealer_hit:contains('Ouyang Order')",
        },
        {
            trigger: ".o_dealer_reception_input",
            run: "press Enter",
        },
        {
            content: "First click",
            trigger: ".o_dealer_desk_card button[data-key=repair]",
            run: "click",
        },
        {
            content: "Car and customer are filled in; the kilometres are typed",
            trigger: ".o_form_view div[name=odometer_in] input",
            run: "edit 12000",
        },
        {
            content: "Second click",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The order is open: its next step is the primary button",
            trigger: ".o_form_saved button[name=action_diagnose].btn-primary",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_workshop_board", {
    url: "/odoo/workshop-board",
    steps: () => [
        {
            content: "The late car says so in words",
            trigger:
                ".o_kanban_group[data-id]:contains('粤B1C2D3') .text-bg-danger, .o_kanban_record:contains('粤B1C2D3') .text-bg-danger",
        },
        {
            content: "A way that does not exist is told with both states",
            trigger: ".o_kanban_record:contains('粤B1C2D3')",
            run: "drag_and_drop(.o_kanban_group:nth-child(5))",
        },
        {
            trigger: ".modal .o_error_dialog, .modal:contains('RO')",
        },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        {
            content: "The card is back; the next column takes it",
            trigger: ".o_kanban_group:nth-child(1) .o_kanban_record:contains('粤B1C2D3')",
            run: "drag_and_drop(.o_kanban_group:nth-child(2))",
        },
        {
            trigger: ".o_kanban_group:nth-child(2) .o_kanban_record:contains('粤B1C2D3')",
        },
    ],
});
