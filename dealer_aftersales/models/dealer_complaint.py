# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

COMPLAINT_STATES = [
    ("received", "Received"),
    ("answered", "First Answer"),
    ("investigated", "Investigated"),
    ("proposed", "Proposal made"),
    ("agreed", "Agreed"),
    ("done", "Carried out"),
    ("confirmed", "Confirmed by Customer"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
]
#: The customer still waits for something.
OPEN_STATES = tuple(
    state for state, _label in COMPLAINT_STATES if state not in ("closed", "withdrawn")
)


class DealerComplaint(models.Model):
    """What a customer complains about, from the first word to his confirmation."""

    _name = "dealer.complaint"
    _description = "Complaint"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_received desc, id desc"

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="restrict", index=True
    )
    vehicle_id = fields.Many2one("fleet.vehicle", index="btree_not_null")
    repair_id = fields.Many2one(
        "repair.order", "Repair Order complained of", index="btree_not_null"
    )
    callback_id = fields.Many2one(
        "dealer.callback", readonly=True, index="btree_not_null"
    )
    content = fields.Text("In the Customer's Words", required=True)
    cause_id = fields.Many2one("dealer.cause", "Root Cause")
    issue_ids = fields.Many2many("dealer.callback.issue", string="Problems")
    state = fields.Selection(
        COMPLAINT_STATES,
        required=True,
        default="received",
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_received = fields.Datetime(required=True, default=fields.Datetime.now)
    date_closed = fields.Datetime(readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", "In Charge", default=lambda self: self.env.user, tracking=True
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )


class DealerCallback(models.Model):
    _inherit = "dealer.callback"

    complaint_id = fields.Many2one(
        "dealer.complaint", readonly=True, copy=False, index="btree_not_null"
    )
