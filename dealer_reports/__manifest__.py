# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{  # noqa: B018
    "name": "Dealership: Reports and Figures",
    "summary": "KPI registry, month close, callback monthly report, analyses",
    "version": "19.0.1.0.0",
    "author": "Dealership Suite",
    "website": "https://example.com/dealership-suite",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["dealer_aftersales"],
    "data": [
        "security/ir.model.access.csv",
        "security/dealer_reports_rules.xml",
        "data/dealer_kpi_data.xml",
        "data/dealer_kpi_quality_data.xml",
        "data/ir_cron_data.xml",
        "report/dealer_month_close_reports.xml",
        "report/dealer_month_close_templates.xml",
        "report/dealer_callback_answer_views.xml",
        "views/dealer_kpi_views.xml",
        "views/dealer_kpi_quality_views.xml",
        "views/dealer_kpi_value_views.xml",
        "views/dealer_month_close_views.xml",
        "views/dealer_analysis_views.xml",
        "views/dealer_reports_menus.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "dealer_reports/static/tests/tours/**/*",
        ],
    },
    "application": True,
}
