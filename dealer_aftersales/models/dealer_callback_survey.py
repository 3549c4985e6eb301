# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

NO_ANSWER = (None, "")


class DealerCallback(models.Model):
    """The questionnaire asked on the phone, kept as answers of Odoo's Survey.

    Callers have no right on surveys; what they may read and write of one is what
    this callback's card shows.
    """

    _inherit = "dealer.callback"

    survey_id = fields.Many2one(related="policy_id.survey_id")
    script = fields.Html(related="policy_id.script")
    answers = fields.Json(
        compute="_compute_answers",
        inverse="_inverse_answers",
        help="List of questions, each with its value; None is not asked.",
    )
    last_score = fields.Char(compute="_compute_last_score")

    @api.depends("partner_id")
    def _compute_last_score(self):
        for callback in self:
            score = callback._get_last_score() if callback.partner_id else None
            callback.last_score = f"{score:g}" if score is not None else "–"

    @api.depends("policy_id.survey_id", "user_input_id.user_input_line_ids")
    def _compute_answers(self):
        for callback in self:
            lines = callback.sudo().user_input_id.user_input_line_ids
            by_question = {line.question_id: line for line in lines}
            empty = lines.browse()
            callback.answers = [
                question._prepare_callback_question(by_question.get(question, empty))
                for question in callback._get_questions()
            ]

    def _get_questions(self):
        self.ensure_one()
        return self.sudo().policy_id.survey_id.question_ids

    def _inverse_answers(self):
        for callback in self:
            values = {
                item["question_id"]: item.get("value")
                for item in callback.answers or []
            }
            callback._save_answers(values)

    def save_answers(self, values):
        """Keep what the customer answered; log nothing, close nothing.

        :param dict values: answer by question id; None is not asked. Scale answers
            are whole numbers inside the scale, a choice is the id of its answer.
        :raises ValidationError: naming the question whose value cannot be its answer
        """
        self.ensure_one()
        self.check_access("write")
        self._save_answers({int(key): value for key, value in values.items()})
        return True

    def _save_answers(self, values):
        self.ensure_one()
        questions = {q.id: q for q in self._get_questions()}
        if any(
            key not in questions for key, v in values.items() if not self._is_empty(v)
        ):
            raise ValidationError(
                self.env._("The questions were changed meanwhile: open the call again.")
            )
        given = {
            questions[key]: value for key, value in values.items() if key in questions
        }
        if not self.user_input_id and all(map(self._is_empty, given.values())):
            return
        user_input = self._get_user_input()
        for question, value in given.items():
            self._check_answer(question, value)
            user_input._save_lines(question, self._format_answer(value))
        self._update_score()

    def _get_user_input(self):
        """The answer sheet, made with the first answer."""
        if not self.user_input_id:
            survey = self.sudo().policy_id.survey_id
            self.sudo().user_input_id = survey._create_answer(
                partner=self.sudo().partner_id, check_attempts=False
            )
        return self.sudo().user_input_id

    def _check_answer(self, question, value):
        if self._is_empty(value) or question._is_possible_answer(value):
            return
        if question.question_type == "scale":
            raise ValidationError(
                self.env._(
                    "%(question)s: %(value)s is not between %(min)s and %(max)s.",
                    question=question.title,
                    value=value,
                    min=question.scale_min,
                    max=question.scale_max,
                )
            )
        raise ValidationError(
            self.env._(
                "%(question)s: %(value)s cannot be the answer.",
                question=question.title,
                value=value,
            )
        )

    @api.model
    def _format_answer(self, value):
        """Survey takes a number zero for "no answer"; as text it is an answer."""
        return "" if self._is_empty(value) else str(value)

    @api.model
    def _is_empty(self, value):
        """Not asked. Zero is an answer, though Python holds it equal to False."""
        return value is False or value in NO_ANSWER

    def _update_score(self):
        """The overall question gives the callback its score."""
        self.ensure_one()
        lines = self.sudo().user_input_id.user_input_line_ids.filtered(
            lambda line: not line.skipped
        )
        overall = lines.filtered(
            lambda line: line.question_id.callback_measure == "overall"
        )[:1]
        value = overall.value_scale if overall else 0
        self.sudo().write(
            {
                "score": value,
                "is_scored": bool(overall),
                "is_satisfied": bool(overall)
                and value >= overall.question_id.satisfied_from,
                "is_answered": bool(lines),
                "has_finding": bool(self._filter_bad(lines)),
            }
        )

    def _finish_questionnaire(self):
        """Close the answer sheet of a reached customer; later corrections stay open."""
        for callback in self:
            user_input = callback.sudo().user_input_id
            if user_input and callback.is_answered and user_input.state != "done":
                user_input.with_context(dealer_answered_by_caller=True)._mark_done()
