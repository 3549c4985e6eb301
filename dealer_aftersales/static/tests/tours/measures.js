import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const state = (name) => `.o_statusbar_status .o_arrow_button_current:contains('${name}')`;

/** Type into a field of the form. */
function fill(name, value) {
    return {
        trigger: `div[name=${name}] input, div[name=${name}] textarea`,
        run: `edit ${value}`,
    };
}

/** Choose a record of a many2one by its name. */
function choose(name, text) {
    return [
        { trigger: `div[name=${name}] input`, run: `edit ${text}` },
        {
            trigger: `.o-autocomplete--dropdown-menu .dropdown-item:contains('${text}')`,
            run: "click",
        },
    ];
}

tours.add("dealer_measure_from_complaint", {
    steps: () => [
        {
            content: "One button on the complaint",
            trigger: "button[name=action_make_measure]",
            run: "click",
        },
        {
            content: "Cause and customer are filled in",
            trigger: "div[name=cause_id] input",
        },
        {
            trigger: ".o_form_view div[name=name] textarea, .o_form_view div[name=name] input",
            run: "edit Call at noon",
        },
        fill("measure_text", "The advisor calls at noon"),
        ...choose("responsible_id", "Advisor"),
        {
            trigger: "div[name=date_due] input, div[name=date_due] button",
            run: "click",
        },
        {
            trigger: "div[name=date_due] input",
            run: "edit 12/31/2099",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        { trigger: state("Waits for Approval") },
    ],
});

tours.add("dealer_measure_refused", {
    steps: () => [
        {
            trigger: ".o_data_row:contains('Call at noon') td[name=name]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button:contains('Refuse')",
            run: "click",
        },
        {
            trigger: ".modal div[name=reason] input",
            run: "edit Too far away",
        },
        {
            trigger: ".modal button[name=action_confirm]:contains('Refuse')",
            run: "click",
        },
        { trigger: state("Draft") },
        { trigger: ".alert:contains('Too far away')" },
    ],
});

tours.add("dealer_measure_again", {
    steps: () => [
        {
            content: "The reason stands on the draft",
            trigger: ".alert:contains('Too far away')",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        { trigger: state("Waits for Approval") },
    ],
});

tours.add("dealer_measure_approved", {
    steps: () => [
        {
            trigger: ".o_data_row:contains('Call at noon') td[name=name]",
            run: "click",
        },
        {
            trigger: "button[name=action_approve]",
            run: "click",
        },
        { trigger: state("In Progress") },
    ],
});

tours.add("dealer_measure_done", {
    steps: () => [
        {
            trigger: "button[name=action_log_progress]",
            run: "click",
        },
        {
            trigger: ".modal div[name=percent] input",
            run: "edit 60",
        },
        {
            trigger: ".modal div[name=text] textarea",
            run: "edit Most of us call",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) div[name=percent]:contains('60')",
        },
        {
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        { trigger: state("Carried out") },
    ],
});

tours.add("dealer_measure_checked", {
    steps: () => [
        {
            trigger: "button[name=action_log_review]",
            run: "click",
        },
        {
            trigger: ".modal div[name=finding] textarea",
            run: "edit I heard the calls",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Verified, but the customer was not called again: not closed",
            trigger: "body:not(:has(.modal)):not(:has(button[name=action_log_review]))",
        },
        { trigger: state("Carried out") },
    ],
});

tours.add("dealer_measure_recalled", {
    steps: () => [
        {
            trigger: "button[name=action_view_rechecks]",
            run: "click",
        },
        {
            trigger: ".o_data_row td[name=partner_id]",
            run: "click",
        },
        {
            trigger: ".o_dealer_question_current",
            run: () =>
                document.body.dispatchEvent(
                    new KeyboardEvent("keydown", { key: "5", bubbles: true })
                ),
        },
        {
            trigger: ".o_dealer_questionnaire:contains('1 / 2')",
        },
        {
            trigger: "button[name=action_save_answers]",
            run: "click",
        },
        { trigger: state("Reached") },
    ],
});
