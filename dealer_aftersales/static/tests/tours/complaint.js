import { registry } from "@web/core/registry";

function press(key, modifiers = {}) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, ...modifiers });
    document.body.dispatchEvent(event);
}

const fill = (name, text) => ({
    trigger: `div[name=${name}] textarea, div[name=${name}] input`,
    run: `edit ${text}`,
});

const step = (name, state) => [
    { trigger: `button[name=${name}]`, run: "click" },
    { trigger: `.o_arrow_button_current[data-value=${state}]` },
];

registry.category("web_tour.tours").add("dealer_complaint", {
    url: "/odoo/calls-today",
    steps: () => [
        {
            content: "Open the call of the dissatisfied customer",
            trigger: ".o_data_row:contains('Li Angry') td[name=reason]",
            run: "click",
        },
        {
            content: "The lowest score",
            trigger: ".o_dealer_question:nth-of-type(1).o_dealer_question_current",
            run: () => press("1"),
        },
        {
            content: "Yes, a complaint",
            trigger: "button[name=action_want_complaint]",
            run: "click",
        },
        fill("complaint_content", "The brakes squeak again"),
        {
            trigger: "button[name=action_keep_complaint]",
            run: "click",
        },
        {
            content: "Its number stands on the card",
            trigger: "div[name=complaint] .o_dealer_complaint_number:contains('TS/')",
        },
        {
            trigger: "button[name=action_open_complaint]",
            run: "click",
        },
        fill("answer", "We are sorry and look into it"),
        ...step("action_answer", "answered"),
        fill("investigation", "A nut was loose"),
        {
            trigger: "div[name=cause_id] input",
            run: "edit Quality check",
        },
        {
            trigger: ".ui-autocomplete a:contains('Quality check left out')",
            run: "click",
        },
        ...step("action_investigate", "investigated"),
        fill("proposal", "Free rework"),
        ...step("action_propose", "proposed"),
        ...step("action_agree", "agreed"),
        fill("work_done", "Nut tightened"),
        ...step("action_carry_out", "done"),
        {
            content: "A step without what it needs names the field",
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".modal:contains('Confirmed how')",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: "div[name=confirm_channel] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains('Call')",
            run: "click",
        },
        ...step("action_confirm", "confirmed"),
        ...step("action_close", "closed"),
    ],
});
