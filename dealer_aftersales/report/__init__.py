# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_silent_dissatisfaction,
    dealer_caller_load,
    report_appointment_list,
    report_callback_letter,
    report_corrective_action,
    report_complaint,
    report_callback_record,
    report_policy_sheet,
    report_push,
    report_sanbao,
    report_service_file,
    report_service_plan,
    report_vehicle_card,
)
