# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api
from odoo.addons.dealer_crm.hooks import FLEET_ACTION_DOMAINS


def migrate(cr, version):
    """Fleet's own pages find the company's cars by the new index."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for xmlid, domain in FLEET_ACTION_DOMAINS.items():
        action = env.ref(xmlid, raise_if_not_found=False)
        if action and "vehicle_id.trade_state" in (action.domain or ""):
            action.domain = domain
