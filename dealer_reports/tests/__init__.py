# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    test_analysis,
    test_approval,
    test_callback_monthly,
    test_care_figures,
    test_day_counts,
    test_grade_figures,
    test_insurance_renewal,
    test_kpi_registry,
    test_month_close,
    test_monthly_report_tour,
    test_quality_board,
    test_repair_state_report,
    test_report_print,
    test_rights,
    test_sales_funnel,
    test_visit_figures,
)
