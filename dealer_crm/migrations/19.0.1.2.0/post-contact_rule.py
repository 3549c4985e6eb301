# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Staff without a sales or service role sees its own ledger entries only."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref("dealer_crm.dealer_contact_rule_staff", raise_if_not_found=False)
    if rule:
        rule.write(
            {
                "name": "Contact ledger: staff see their own",
                "domain_force": "[('user_id', '=', user.id)]",
            }
        )
