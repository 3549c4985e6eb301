# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_labor_assign,
    dealer_parts_notice,
    dealer_points_redeem,
    dealer_repair_approval,
    dealer_repair_back,
    dealer_repurchase,
    dealer_unknown_car,
)
