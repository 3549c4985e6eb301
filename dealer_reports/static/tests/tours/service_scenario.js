import { registry } from "@web/core/registry";

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
