import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_reception", {
    url: "/odoo/dealer-reception",
    steps: () => [
        {
            content: "The box has the focus on opening: type the last six of the VIN",
            trigger: ".o_dealer_reception_input:focus",
            run: "edit 000008",
        },
        {
            trigger: ".o_dealer_hit:contains('Ouyang Desk'):contains('粤B1C2D3')",
        },
        {
            content: "Enter opens the desk card beside the box",
            trigger: ".o_dealer_reception_input",
            run: "press Enter",
        },
        {
            trigger: ".o_dealer_desk_card:contains('Ouyang Desk') .o_dealer_car:contains('粤B1C2D3')",
        },
        {
            content: "Register the visit",
            trigger: ".o_dealer_desk_card button[data-key=visit]",
            run: "click",
        },
        {
            trigger: ".modal div[name=content] textarea",
            run: "edit Asks for winter tyres",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The visit shows on the card at once",
            trigger:
                "body:not(:has(.modal)) .o_dealer_last_contact:contains('Asks for winter tyres')",
        },
        {
            trigger: ".o_dealer_reception_input",
            run: "click",
        },
        {
            content: "Escape makes room for the next person",
            trigger: ".o_dealer_reception_input",
            run: "press Escape",
        },
        {
            trigger: ".o_dealer_reception:not(:has(.o_dealer_desk_card))",
        },
        {
            content: "Somebody unknown",
            trigger: ".o_dealer_reception_input",
            run: "edit 13800138009",
        },
        {
            trigger: ".o_dealer_nobody",
        },
        {
            trigger: ".o_dealer_reception button[data-key=customer]",
            run: "click",
        },
        {
            content: "The number is filled in",
            trigger: ".o_form_view div[name=phone] input",
            run: ({ anchor }) => {
                if (anchor.value.replace(/\s/g, "") !== "13800138009") {
                    throw new Error(`Phone is ${anchor.value}`);
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("dealer_overview", {
    url: "/odoo/dealer-customers",
    steps: () => [
        {
            content: "Typing and Enter in the list finds by the plate",
            trigger: ".o_searchview_input",
            run: "edit 粤B1C2D3",
        },
        {
            trigger: ".o_searchview_input",
            run: "press Enter",
        },
        {
            trigger:
                ".o_list_view .o_data_row:only-of-type td[name=complete_name]:contains('Ouyang Desk')",
            run: "click",
        },
        {
            content: "The overview is up, with the car",
            trigger: ".o_dealer_overview .o_dealer_car:contains('粤B1C2D3')",
        },
        {
            trigger: ".o_dealer_timeline .o_dealer_event[data-kind=visit]",
        },
        {
            content: "Only the ownership",
            trigger: ".o_dealer_timeline button[data-kind=ownership]:not(.o_dealer_event)",
            run: "click",
        },
        {
            trigger:
                ".o_dealer_timeline:not(:has(.o_dealer_event[data-kind=visit])) .o_dealer_event[data-kind=ownership]",
        },
        {
            content: "A click opens the record behind the line",
            trigger: ".o_dealer_event[data-kind=ownership]",
            run: "click",
        },
        {
            trigger: ".o_form_view div[name=vin_sn]",
        },
    ],
});
