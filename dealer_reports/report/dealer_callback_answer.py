# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL


class DealerCallbackAnswer(models.Model):
    """Each scaled answer given at a callback, for figures per question.

    Questions not asked have no row, so a mean counts only who answered. Who sold the
    car is the consultant: of the order the call is about, else of the car (SAT-09).
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
            "vehicle_id",
            "sale_order_id",
            "round_id",
            "user_id",
            "channel",
            "purpose",
            "state",
        ],
        "survey.user_input.line": [
            "user_input_id",
            "question_id",
            "skipped",
            "value_scale",
        ],
        "survey.question": [
            "survey_id",
            "version_root_id",
            "satisfaction_dimension_id",
            "question_type",
            "callback_measure",
            "satisfied_from",
            "scale_min",
            "scale_max",
        ],
        "survey.survey": ["satisfaction_area", "version"],
        "repair.order": ["advisor_id"],
        "fleet.vehicle": ["sales_user_id", "model_id"],
        "sale.order": ["user_id"],
    }

    callback_id = fields.Many2one("dealer.callback", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    root_question_id = fields.Many2one(
        "survey.question",
        "Question over all Versions",
        readonly=True,
        help="The question as it was first asked; the same over later versions.",
    )
    survey_id = fields.Many2one("survey.survey", "Questionnaire", readonly=True)
    version = fields.Integer(readonly=True, aggregator=None)
    satisfaction_area = fields.Selection(
        selection=lambda self: self._get_labels("survey.survey", "satisfaction_area"),
        string="Satisfaction with",
        readonly=True,
    )
    satisfaction_dimension_id = fields.Many2one(
        "dealer.satisfaction.dimension", "Dimension", readonly=True
    )
    callback_measure = fields.Selection(
        selection=lambda self: self._get_labels("survey.question", "callback_measure"),
        readonly=True,
    )
    policy_id = fields.Many2one("dealer.callback.policy", readonly=True)
    round_id = fields.Many2one("dealer.survey.round", "Survey Round", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_model_id = fields.Many2one("fleet.vehicle.model", "Model", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    sales_user_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    user_id = fields.Many2one("res.users", "Caller", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    purpose = fields.Selection(
        selection=lambda self: self.env["dealer.callback"]._selection_purpose(),
        readonly=True,
    )
    channel = fields.Selection(
        selection=lambda self: self.env["dealer.callback"]._selection_channel(),
        readonly=True,
    )
    date_due = fields.Date("Due on", readonly=True)
    value = fields.Float("Answer", readonly=True, aggregator="avg")
    points = fields.Float(
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="0 to 100: the lowest answer of the scale 0, the highest 100. Makes "
        "questions with different scales comparable.",
    )
    is_satisfied = fields.Boolean("Satisfied", readonly=True)
    satisfied_share = fields.Float("Satisfied (share)", readonly=True, aggregator="avg")

    def _get_labels(self, model, field):
        return self.env[model]._fields[field]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT l.id, c.id AS callback_id, l.question_id,
                   COALESCE(q.version_root_id, q.id) AS root_question_id,
                   q.survey_id, s.version, s.satisfaction_area,
                   q.satisfaction_dimension_id, q.callback_measure,
                   c.policy_id, c.round_id, c.partner_id,
                   v.model_id AS vehicle_model_id, r.advisor_id,
                   COALESCE(o.user_id, v.sales_user_id) AS sales_user_id,
                   c.user_id, c.company_id, c.purpose, c.channel, c.date_due,
                   l.value_scale::float AS value,
                   (l.value_scale - q.scale_min) * 100.0
                       / NULLIF(q.scale_max - q.scale_min, 0) AS points,
                   l.value_scale >= q.satisfied_from AS is_satisfied,
                   (l.value_scale >= q.satisfied_from)::int::float AS satisfied_share
              FROM survey_user_input_line l
              JOIN dealer_callback c ON c.user_input_id = l.user_input_id
              JOIN survey_question q ON q.id = l.question_id
              JOIN survey_survey s ON s.id = q.survey_id
         LEFT JOIN repair_order r ON r.id = c.repair_id
         LEFT JOIN fleet_vehicle v ON v.id = c.vehicle_id
         LEFT JOIN sale_order o ON o.id = c.sale_order_id
             WHERE q.question_type = 'scale' AND q.callback_measure IS NOT NULL
               AND NOT COALESCE(l.skipped, FALSE) AND c.state = 'reached'
            """
        )
