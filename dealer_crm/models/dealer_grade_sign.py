# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerGradeSign(models.Model):
    """What a customer says or does that points to a grade, ticked on his lead.

    So many ticks of one grade as its threshold says propose it (seed 004: the
    features of the two hottest levels).
    """

    _name = "dealer.grade.sign"
    _description = "Sign of a Grade"
    _order = "grade_id, sequence, id"

    name = fields.Char("Sign", required=True, translate=True)
    code = fields.Char(
        help="Name that rules use, e.g. came_again: ticked when a customer visits "
        "again."
    )
    grade_id = fields.Many2one(
        "dealer.grade", required=True, index=True, ondelete="cascade"
    )
    ladder_id = fields.Many2one(related="grade_id.ladder_id")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (grade_id, code)", "Each code stands once among a grade's signs."
    )

    @api.depends("name", "grade_id.code")
    def _compute_display_name(self):
        for sign in self:
            sign.display_name = f"{sign.grade_id.code} · {sign.name}"


class DealerGrade(models.Model):
    _inherit = "dealer.grade"

    sign_ids = fields.One2many("dealer.grade.sign", "grade_id", "Signs", copy=True)
    sign_threshold = fields.Integer(
        "Signs needed",
        default=2,
        help="So many ticked signs propose this grade; 0: signs never propose it.",
    )

    def _propose_by_signs(self, signs):
        """The hottest grade of ``self`` (one ladder) with enough of ``signs``.

        :param signs: dealer.grade.sign ticked on a lead
        :return: dealer.grade, empty where no threshold is reached
        """
        for grade in self.sorted("sequence"):
            found = signs.filtered(lambda s, grade=grade: s.grade_id == grade)
            if grade.sign_threshold > 0 and len(found) >= grade.sign_threshold:
                return grade
        return self.browse()
