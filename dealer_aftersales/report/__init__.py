# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_caller_load,
    dealer_silent_dissatisfaction,
    report_appointment_list,
    report_callback_letter,
    report_callback_record,
    report_complaint,
    report_corrective_action,
    report_policy_sheet,
    report_push,
    report_sanbao,
    report_service_file,
    report_service_plan,
    report_vehicle_card,
)
