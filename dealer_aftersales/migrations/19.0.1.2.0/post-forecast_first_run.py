# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The cars that are there get their forecast at once, not only next night."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    cron = env.ref("dealer_aftersales.ir_cron_update_forecast", False)
    if cron:
        cron._trigger()
