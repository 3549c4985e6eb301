# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api

BEFORE = "[('lead_id', '=', False)]"


def migrate(cr, version):
    """The showroom's visitors and callers are no business of service advisors."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    rules = env["ir.rule"].search(
        [
            ("model_id.model", "=", "dealer.contact"),
            ("groups", "in", env.ref("dealer_aftersales.group_service_advisor").ids),
            ("domain_force", "=", BEFORE),
        ]
    )
    rules.domain_force = "[('lead_id', '=', False), ('is_counted', '=', False)]"
