import { registry } from "@web/core/registry";

function closeCall() {
    const event = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true });
    document.body.dispatchEvent(event);
}

registry.category("web_tour.tours").add("dealer_service_scenario_calls", {
    steps: () => [
        {
            content: "The call that led to the complaint is still to be closed",
            trigger: ".o_data_row:contains('Li Angry') td[name=reason]",
            run: "click",
        },
        {
            content: "The cause found for the complaint is not typed again",
            trigger: ".o_dealer_finding div[name=cause_id] input:value('Quality check')",
        },
        {
            trigger: ".o_dealer_questionnaire:contains('1 / 6')",
            run: closeCall,
        },
        {
            content: "The next one is up: nobody answers",
            trigger: ".oe_title:contains('Li Absent')",
        },
        {
            trigger: "button[name=action_not_reached]",
            run: "click",
        },
        {
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Li Angry')))",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_service_scenario_report", {
    steps: () => [
        {
            content: "Due, carried out and successful, both percentages of what was due",
            trigger: ".o_data_row:contains('Callbacks due this month'):contains('2')",
        },
        {
            trigger: ".o_data_row:contains('Callbacks carried out'):contains('100.0 %')",
        },
        {
            trigger: ".o_data_row:contains('Callbacks successful'):contains('50.0 %')",
        },
        {
            content: "The record behind the figure is the call of the whole story",
            trigger:
                ".o_data_row:contains('Callbacks successful') button[name=action_view_records]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('Li Angry')",
        },
    ],
});
