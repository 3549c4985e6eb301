# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Customers that were there before get their life cycle at once, by the job."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    cron = env.ref("dealer_crm.ir_cron_update_lifecycle", raise_if_not_found=False)
    if cron:
        cron._trigger()
