# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_callback_answer,
    dealer_campaign_report,
    dealer_grade_calibration,
    dealer_grade_contact,
    dealer_plan_kept,
    dealer_remark_report,
    dealer_repair_state_report,
    dealer_sales_funnel,
    dealer_segment_analysis,
)
