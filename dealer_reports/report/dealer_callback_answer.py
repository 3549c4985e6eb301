# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL


class DealerCallbackAnswer(models.Model):
    """Each scaled answer given at a callback, for figures per question.

    Questions not asked have no row, so a mean counts only who answered.
    """

    _name = "dealer.callback.answer"
    _description = "Callback Answers"
    _auto = False
    _order = "date_due desc, id"
    _rec_name = "question_id"
    _depends = {
        "dealer.callback": [
            "user_input_id",
            "date_due",
            "company_id",
            "policy_id",
            "partner_id",
            "repair_id",
            "user_id",
            "purpose",
            "state",
        ],
        "survey.user_input.line": [
            "user_input_id",
            "question_id",
            "skipped",
            "value_scale",
        ],
        "survey.question": ["question_type", "callback_measure", "satisfied_from"],
        "repair.order": ["advisor_id"],
    }

    callback_id = fields.Many2one("dealer.callback", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    callback_measure = fields.Selection(
        selection=lambda self: self._selection_measure(), readonly=True
    )
    policy_id = fields.Many2one("dealer.callback.policy", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    user_id = fields.Many2one("res.users", "Caller", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    purpose = fields.Selection(
        selection=lambda self: self.env["dealer.callback"]._selection_purpose(),
        readonly=True,
    )
    date_due = fields.Date("Due on", readonly=True)
    value = fields.Float("Answer", readonly=True, aggregator="avg")
    is_satisfied = fields.Boolean("Satisfied", readonly=True)
    satisfied_share = fields.Float("Satisfied (share)", readonly=True, aggregator="avg")

    def _selection_measure(self):
        field = self.env["survey.question"]._fields["callback_measure"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT l.id, c.id AS callback_id, l.question_id, q.callback_measure,
                   c.policy_id, c.partner_id, r.advisor_id, c.user_id, c.company_id,
                   c.purpose, c.date_due, l.value_scale::float AS value,
                   l.value_scale >= q.satisfied_from AS is_satisfied,
                   (l.value_scale >= q.satisfied_from)::int::float AS satisfied_share
              FROM survey_user_input_line l
              JOIN dealer_callback c ON c.user_input_id = l.user_input_id
              JOIN survey_question q ON q.id = l.question_id
         LEFT JOIN repair_order r ON r.id = c.repair_id
             WHERE q.question_type = 'scale' AND q.callback_measure IS NOT NULL
               AND NOT COALESCE(l.skipped, FALSE) AND c.state = 'reached'
            """
        )
