# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

LIFECYCLE = [
    ("prospect", "Prospect"),
    ("order", "Car ordered"),
    ("owner", "Owner"),
    ("active", "Active in Service"),
    ("at_risk", "At Risk"),
    ("lost", "Lost Customer"),
    ("repurchase", "Repurchase"),
]


class DealerLifecycleLog(models.Model):
    """Every step of a customer's life cycle, one line each; written by the system."""

    _name = "dealer.lifecycle.log"
    _description = "Life Cycle Log"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    state_from = fields.Selection(LIFECYCLE, "State before", readonly=True)
    state_to = fields.Selection(LIFECYCLE, "State after", required=True, readonly=True)
    event = fields.Selection(
        [
            ("file", "File opened"),
            ("lead", "Lead changed"),
            ("order", "Order"),
            ("car", "Car bought or sold"),
            ("repair", "Visit to the workshop"),
            ("time", "Passing of time"),
        ],
        "What happened",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Changed by", readonly=True)
    company_id = fields.Many2one(related="partner_id.company_id")
