# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerCardHandover(models.Model):
    """The negotiation card goes to the service after the first maintenance."""

    _name = "dealer.card.handover"
    _inherit = ["mail.activity.mixin"]
    _description = "Card Handover"
    _order = "date desc, id desc"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="vehicle_id.owner_id", string="Customer")
    repair_id = fields.Many2one(
        "repair.order", "First Maintenance", readonly=True, index=True
    )
    lead_id = fields.Many2one("crm.lead", "Card of", readonly=True, index=True)
    from_user_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    to_user_id = fields.Many2one("res.users", "Service Advisor", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    date = fields.Datetime("Handed over on", readonly=True)
    state = fields.Selection(
        [("pending", "Pending"), ("confirmed", "Confirmed")],
        default="pending",
        required=True,
        readonly=True,
    )
    date_confirmed = fields.Datetime("Confirmed on", readonly=True)
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", readonly=True)

    _vehicle_uniq = models.UniqueIndex(
        "(vehicle_id)", "Vehicle: its card was handed over already."
    )
