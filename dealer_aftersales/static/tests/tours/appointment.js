import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_appointment", {
    url: "/odoo/dealer-reception",
    steps: () => [
        {
            content: "A customer calls: the end of his plate is enough",
            trigger: ".o_dealer_reception_input",
            run: "edit B1C2D3",
        },
        {
            trigger: ".o_dealer_hit:contains('Ouyang Desk')",
        },
        {
            trigger: ".o_dealer_reception_input",
            run: "press Enter",
        },
        {
            content: "Book a visit from the desk card",
            trigger: ".o_dealer_desk_card button[data-key=book]",
            run: "click",
        },
        {
            content: "Car and customer are filled in",
            trigger: ".o_form_view div[name=partner_id] input:value('Ouyang Desk')",
        },
        {
            trigger: ".o_form_view div[name=request] textarea",
            run: "edit Oil change",
        },
        {
            trigger: ".o_form_view .o_form_button_save",
            run: "click",
        },
        {
            content: "Without a time it is a request",
            trigger:
                ".o_form_view .o_arrow_button_current[data-value=requested]:contains('Requested')",
        },
        {
            content: "The car stands in the yard already: one click, one order",
            trigger: ".o_form_view button[name=action_arrive]",
            run: "click",
        },
        {
            content: "The repair order is open with the wish in it",
            trigger: ".o_form_view div[name=concern_ids]:contains('Oil change')",
        },
    ],
});
