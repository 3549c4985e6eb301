# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_print,
    dealer_print_lead,
    report_daily_report,
    report_lead_intention,
    report_letter,
    report_needs_analysis,
    report_negotiation_card,
    report_register,
    report_service_file,
    report_vehicle_card,
)
