# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_callback_answer,
    dealer_campaign_report,
    dealer_complaint_pareto,
    dealer_customer_value,
    dealer_grade_calibration,
    dealer_grade_contact,
    dealer_loyalty_result,
    dealer_plan_kept,
    dealer_remark_report,
    dealer_repair_state_report,
    dealer_sales_funnel,
    dealer_segment_analysis,
    dealer_service_base,
    dealer_visit_cohort,
)
