import { registry } from "@web/core/registry";

/** A key as a person presses it, outside of any input. */
function press(key, modifiers = {}) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, ...modifiers });
    document.body.dispatchEvent(event);
}

const current = (number) =>
    `.o_dealer_question:nth-of-type(${number}).o_dealer_question_current`;

registry.category("web_tour.tours").add("dealer_calls_of_today", {
    url: "/odoo/calls-today",
    steps: () => [
        {
            content: "Open the first call of the list",
            trigger: ".o_data_row:contains('Li First') td[name=reason]",
            run: "click",
        },
        {
            content: "Answer the first question by a digit",
            trigger: current(1),
            run: () => press("5"),
        },
        {
            content: "The answer shows and the next question is up: not asked",
            trigger: current(2),
            run: () => press("n"),
        },
        {
            content: "Go back with the arrow",
            trigger: current(3),
            run: () => press("ArrowUp"),
        },
        {
            content: "Now it was asked after all",
            trigger: current(2),
            run: () => press("2"),
        },
        {
            content: "Two answers are counted",
            trigger: ".o_dealer_questionnaire:contains('2 / 6')",
            run: () => press("Enter", { ctrlKey: true }),
        },
        {
            content: "The next call is open in place of the first one",
            trigger: ".oe_title:contains('Li Second')",
            run: () => {
                if (!/\/calls-today\/\d+$/.test(window.location.pathname)) {
                    throw new Error(`The calls pile up: ${window.location.pathname}`);
                }
            },
        },
        {
            content: "Note and not reached",
            trigger: "div[name=attempt_note] input",
            run: "edit The line is busy",
        },
        {
            trigger: "button[name=action_not_reached]",
            run: "click",
        },
        {
            content: "No other call: back to the list, where the second one waits",
            trigger: ".o_list_view .o_data_row:contains('Li Second')",
        },
        {
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Li First')))",
        },
    ],
});
