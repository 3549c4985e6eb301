# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    base_partner_merge,
    dealer_callback_assign,
    dealer_callback_later,
    dealer_complaint_step,
    dealer_labor_assign,
    dealer_measure_month,
    dealer_measure_reason,
    dealer_parts_notice,
    dealer_points_redeem,
    dealer_policy_preview,
    dealer_repair_approval,
    dealer_repair_back,
    dealer_repurchase,
    dealer_unknown_car,
)
