# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerCorrectiveAction(models.Model):
    """A measure against what went wrong, or so that it does not go wrong (seed 003).

    Drawn up jointly, approved by the general manager, carried out by one person and
    supervised by another.
    """

    _name = "dealer.corrective.action"
    _description = "Corrective or Preventive Action"
    _inherit = ["dealer.approval.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"

    name = fields.Char("Measure", required=True)
    kind = fields.Selection(
        [("corrective", "Corrective"), ("preventive", "Preventive")],
        required=True,
        default="corrective",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waits for Approval"),
            ("running", "In Progress"),
            ("done", "Carried out"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    responsible_id = fields.Many2one("res.users", "Responsible")
    supervisor_id = fields.Many2one("res.users", "Supervisor")
    date_due = fields.Date("Due on")
    callback_ids = fields.Many2many("dealer.callback", string="Callbacks")
    complaint_ids = fields.Many2many("dealer.complaint", string="Complaints")
    issue_id = fields.Many2one("dealer.callback.issue", "Problem")
    cause_id = fields.Many2one("dealer.cause", "Cause")
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
