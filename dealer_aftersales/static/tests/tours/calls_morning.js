import { registry } from "@web/core/registry";

/** A key as a person presses it, where the focus is. */
function press(key, modifiers = {}, target = document.body) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers });
    target.dispatchEvent(event);
}

registry.category("web_tour.tours").add("dealer_calls_morning", {
    url: "/odoo/calls-today",
    steps: () => [
        {
            content: "Enter opens the first call of the list",
            trigger: ".o_data_row:contains('Li First') td[name=reason]",
            run({ anchor }) {
                anchor.focus();
                press("Enter", {}, anchor);
            },
        },
        {
            content: "A bad answer by its key",
            trigger: ".o_dealer_question:nth-of-type(1).o_dealer_question_current",
            run: () => press("2"),
        },
        {
            content: "The card asks for the cause; try to close without it",
            trigger: ".o_dealer_finding div[name=cause_id]",
            run: () => press("Enter", { ctrlKey: true }),
        },
        {
            content: "The message names the field",
            trigger: ".modal:contains('Cause'):contains('2')",
            run: () => press("Escape"),
        },
        {
            trigger: "body:not(:has(.modal)) div[name=cause_id] input",
            run: "edit Test not",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Test not driven')",
            run: "click",
        },
        {
            trigger: "div[name=complaint_choice] input[data-value=no]",
            run: "click",
        },
        {
            content: "Save and next by Ctrl+Enter",
            trigger: ".o_dealer_questionnaire:contains('1 / 6')",
            run: () => press("Enter", { ctrlKey: true }),
        },
        {
            content: "The next call is up: Alt+L promises a time",
            trigger: ".oe_title:contains('Li Second')",
            timeout: 30000,
            run: () => press("l", { altKey: true }),
        },
        {
            content: "The dialog proposes one; Alt+Q takes it",
            trigger: ".modal div[name=date_promised]",
            run: () => press("q", { altKey: true }),
        },
        {
            content: "No other call: back to the list",
            trigger: ".o_list_view",
        },
        {
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Li First')))",
        },
    ],
});
