# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    dealer_kpi,
    dealer_kpi_complaint,
    dealer_kpi_compute,
    dealer_kpi_forecast,
    dealer_kpi_format,
    dealer_kpi_inspect,
    dealer_kpi_measures,
    dealer_kpi_quality,
    dealer_kpi_value,
    dealer_kpi_warranty,
    dealer_lead_channel,
    dealer_month_close,
    dealer_month_close_freeze,
    dealer_month_close_measures,
    res_partner,
)
