# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

STEPS = [
    ("reception", "Showroom Reception"),
    ("needs", "Needs Analysis"),
    ("product", "Product Presentation"),
    ("test_drive", "Test Drive"),
    ("negotiation", "Negotiation"),
    ("follow_up", "Follow-up"),
    ("drawer", "Card Drawer"),
    ("other", "Other"),
]
DECISIONS = [
    ("change", "Changed"),
    ("keep", "Grade kept"),
    ("lapse", "Window passed"),
]


class DealerGradeLog(models.Model):
    """Every decision on a lead's grade: the source of the progress table."""

    _name = "dealer.grade.log"
    _description = "Grade Log"
    _order = "date desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, index=True, ondelete="cascade", readonly=True
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Graded by", required=True, readonly=True)
    consultant_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    grade_from_id = fields.Many2one("dealer.grade", "From", readonly=True)
    grade_to_id = fields.Many2one("dealer.grade", "To", readonly=True)
    decision = fields.Selection(
        DECISIONS,
        "Grade Decision",
        required=True,
        readonly=True,
        default="change",
        help="A window that has passed changes nothing: the grade is asked again.",
    )
    step = fields.Selection(
        STEPS,
        "Asked at",
        required=True,
        readonly=True,
        default="other",
        help="The step of the sale at which the grade was decided.",
    )
    stage_id = fields.Many2one("crm.stage", readonly=True)
    purchase_date_expected = fields.Date("Expected Purchase", readonly=True)
    reason = fields.Char(readonly=True)
    is_automatic = fields.Boolean("By Rule", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    _consultant_date_idx = models.Index("(consultant_id, date DESC)")
    _lead_change_idx = models.Index("(lead_id, date DESC) WHERE decision = 'change'")

    @api.model
    def _get_step(self):
        """The step that the caller named in the context; a label, no right."""
        step = self.env.context.get("dealer_grade_step")
        return step if step in dict(STEPS) else "other"
