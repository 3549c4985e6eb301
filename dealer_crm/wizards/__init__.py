# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    base_partner_merge,
    dealer_assign_try,
    dealer_consent_change,
    dealer_grade_progress,
    dealer_lead_assign,
    dealer_meter_replacement,
    dealer_privacy,
    dealer_reassign,
    dealer_reference_guard,
    dealer_repurchase,
    dealer_reveal,
    dealer_rota_copy,
    dealer_same_person,
    dealer_stage_replace,
    dealer_vehicle_allocate,
    dealer_vehicle_transfer,
)
