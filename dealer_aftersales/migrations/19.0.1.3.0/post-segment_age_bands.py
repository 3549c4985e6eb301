# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api

OLD = "['|', ('warranty_end_date', '=', False), ('warranty_end_date', '<', 'today'), "
BANDS = {
    "segment_in_warranty": ("[('warranty_end_date', '>=', 'today')]", "in_warranty"),
    "segment_2_to_5_years": (f"{OLD}('purchase_date', '>=', 'today -5y')]", "2_5"),
    "segment_over_5_years": (f"{OLD}('purchase_date', '<', 'today -5y')]", "over_5"),
}


def migrate(cr, version):
    """The shipped age bands follow the band of the car, which knows kilometres, too;
    a manager's own conditions stay. The customers are judged soon after.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, (old, band) in BANDS.items():
        segment = env.ref(f"dealer_aftersales.{name}", raise_if_not_found=False)
        if segment and segment.domain == old:
            segment.domain = f"[('age_band', '=', '{band}')]"
    cron = env.ref("dealer_aftersales.ir_cron_update_value", False)
    if cron:
        cron._trigger()
