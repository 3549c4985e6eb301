# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerGradeLog(models.Model):
    """Every change of a lead's grade: the source of the progress table."""

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
    stage_id = fields.Many2one("crm.stage", "Step", readonly=True)
    purchase_date_expected = fields.Date("Expected Purchase", readonly=True)
    reason = fields.Char(readonly=True)
    is_automatic = fields.Boolean("By Rule", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
