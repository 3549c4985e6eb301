import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_my_day", {
    url: "/odoo/dealer-my-day",
    steps: () => [
        {
            content: "The card of the day; L logs the contact",
            trigger: ".o_dealer_column[data-key=today] .o_dealer_card:contains('Zhao Tour')",
            run() {
                this.anchor.focus();
            },
        },
        {
            trigger: ".o_dealer_card:focus",
            run: "press L",
        },
        {
            content: "Not reached",
            trigger: ".modal div[name=outcome] .o_selection_badge:contains('Not reached')",
            run: "click",
        },
        {
            content: "Save",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The card has left, the figure counts it",
            trigger:
                "body:not(:has(.modal)) .o_dealer_column[data-key=today]:not(:has(.o_dealer_card))",
        },
        {
            trigger: ".o_dealer_figure[data-key=due]:contains('1 / 1')",
        },
        {
            content: "A promise is kept by one press",
            trigger: ".o_dealer_column[data-key=promises] .o_dealer_press",
            run: "click",
        },
        {
            trigger: ".o_dealer_column[data-key=promises]:not(:has(.o_dealer_card))",
        },
    ],
});
