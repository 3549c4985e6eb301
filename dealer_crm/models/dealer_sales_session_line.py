# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerSalesSessionLine(models.Model):
    """One case of a weekly session, as it stood when the list was made."""

    _name = "dealer.sales.session.line"
    _description = "Case of a Weekly Session"
    _order = "session_id desc, result desc, closed_on, id"

    session_id = fields.Many2one(
        "dealer.sales.session", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="set null"
    )
    name = fields.Char("Case", readonly=True)
    user_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    vehicle_model_id = fields.Many2one("fleet.vehicle.model", "Model", readonly=True)
    result = fields.Selection([("won", "Won"), ("lost", "Lost")], readonly=True)
    reason = fields.Char(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(readonly=True)
    closed_on = fields.Datetime(readonly=True)
    note = fields.Char("Lesson", help="What the session says about this case.")

    _lead_uniq = models.UniqueIndex(
        "(session_id, lead_id)", "A lead is one case of a session."
    )
