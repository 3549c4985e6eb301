# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What an answer means hangs on these.
MEANING = frozenset(
    {
        "survey_id",
        "title",
        "question_type",
        "scale_min",
        "scale_max",
        "scale_min_label",
        "scale_mid_label",
        "scale_max_label",
        "callback_measure",
        "callback_weight",
        "satisfaction_dimension_id",
        "satisfied_from",
    }
)


class SurveyQuestion(models.Model):
    """Questions that were answered stay as they were asked (SAT-03)."""

    _inherit = "survey.question"

    version_root_id = fields.Many2one(
        "survey.question",
        "First asked as",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The same question in the first version of the questionnaire: figures "
        "are compared by it.",
    )

    def _get_newest_versions(self):
        """:return: dict id of a first version → the same question as asked today"""
        later = self.sudo().search(
            [("version_root_id", "in", self.ids)], order="version_root_id, id"
        )
        return {question.version_root_id.id: question for question in later}

    @api.model_create_multi
    def create(self, vals_list):
        surveys = self.env["survey.survey"].browse(
            {vals["survey_id"] for vals in vals_list if vals.get("survey_id")}
        )
        surveys._check_version_open()
        return super().create(vals_list)

    def write(self, vals):
        if MEANING & vals.keys() and not self._is_same(vals):
            self.survey_id._check_version_open()
            self.env["survey.survey"].browse(
                vals.get("survey_id") or []
            )._check_version_open()
        return super().write(vals)

    def _is_same(self, vals):
        """A form that sends back what is there changes nothing."""
        return all(
            self._fields[name].convert_to_record(
                self._fields[name].convert_to_cache(vals[name], question), question
            )
            == question[name]
            for question in self
            for name in MEANING & vals.keys()
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self.survey_id._check_version_open()


class SurveyQuestionAnswer(models.Model):
    """The answers on offer belong to the question's meaning."""

    _inherit = "survey.question.answer"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["survey.question"].browse(
            {vals["question_id"] for vals in vals_list if vals.get("question_id")}
        ).survey_id._check_version_open()
        return super().create(vals_list)

    def write(self, vals):
        if {"value", "question_id"} & vals.keys():
            self.question_id.survey_id._check_version_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self.question_id.survey_id._check_version_open()


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    def _check_version_open(self):
        """:raises UserError: naming the questionnaire whose answers would change"""
        # While modules load, their data may mend a questionnaire of theirs.
        if not self.pool.ready:
            return
        for survey in self._get_kept_versions()[:1].sudo():
            if survey.next_version_id:
                raise UserError(
                    self.env._(
                        "%(survey)s: this is version %(number)s, kept with its "
                        "answers. Edit the newest version.",
                        survey=survey.title,
                        number=survey.version,
                    )
                )
            raise UserError(
                self.env._(
                    "%(survey)s has answers: its questions stay as they were asked. "
                    "Press 'Edit as new version' on the questionnaire; the answers "
                    "so far are kept and stay comparable.",
                    survey=survey.title,
                )
            )
