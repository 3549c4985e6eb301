import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_floor", {
    url: "/odoo/dealer-floor",
    steps: () => [
        {
            content: "Three visitors are here, each with a consultant by turn",
            trigger: ".o_dealer_visit:contains('Visitor 1'):contains('Turn1')",
        },
        {
            trigger: ".o_dealer_visit:contains('Visitor 3'):contains('Turn3')",
        },
        {
            content: "The fourth waits: everybody is busy",
            trigger: ".o_dealer_visit:contains('Visitor 4'):contains('no consultant')",
        },
        {
            content: "The first one leaves",
            trigger: ".o_dealer_visit:contains('Visitor 1') .o_dealer_left",
            run: "click",
        },
        {
            content: "His consultant has the next turn",
            trigger:
                ".o_dealer_floor:not(:has(.o_dealer_visit:contains('Visitor 1'))) .o_dealer_turn:contains('Turn1') .o_dealer_next",
        },
        {
            trigger: ".o_dealer_visit:contains('Visitor 4') .o_dealer_give",
            run: "click",
        },
        {
            trigger: ".o_dealer_visit:contains('Visitor 4'):contains('Turn1')",
        },
        {
            content: "A number opens its records",
            trigger: ".o_dealer_count[data-key=batches]:contains('4')",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('Visitor 4')",
        },
    ],
});
