import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_monthly_report", {
    url: "/odoo/callback-monthly-report",
    steps: () => [
        {
            content: "The report of the current month is open",
            trigger: ".o_form_view .o_data_row:contains('Callbacks due this month')",
        },
        {
            content: "Go to the month before",
            trigger: "button[name=action_previous_month]",
            run: "click",
        },
        {
            content: "Half of the calls were carried out",
            trigger: ".o_data_row:contains('Callbacks carried out'):contains('50.0 %')",
        },
        {
            content: "Open the records behind the figure",
            trigger:
                ".o_data_row:contains('Callbacks carried out') button[name=action_view_records]",
            run: "click",
        },
        {
            content: "One record",
            trigger: ".o_list_view .o_data_row",
        },
    ],
});
