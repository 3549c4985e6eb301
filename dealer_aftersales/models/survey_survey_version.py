# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class SurveySurvey(models.Model):
    """Versions: what was asked stays with its answers, a copy is edited (SAT-03)."""

    _inherit = "survey.survey"

    version = fields.Integer(default=1, readonly=True, copy=False)
    version_root_id = fields.Many2one(
        "survey.survey",
        "First Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    version_ids = fields.One2many("survey.survey", "version_root_id", "Versions")
    next_version_id = fields.Many2one(
        "survey.survey", readonly=True, copy=False, ondelete="set null"
    )
    care_line_ids = fields.One2many(
        "dealer.care.plan.line", "survey_id", "Asked by Care Plans"
    )
    is_version_kept = fields.Boolean(
        compute="_compute_is_version_kept",
        help="Somebody answered: the questions stay as they were asked.",
    )

    @api.depends("callback_policy_ids", "version_root_id")
    def _compute_is_version_kept(self):
        kept = self._get_kept_versions()
        for survey in self:
            survey.is_version_kept = survey._origin in kept

    def _get_kept_versions(self):
        """Those of callbacks that have an answer; their questions do not change."""
        surveys = self.sudo().with_context(active_test=False)
        asked = surveys.filtered(
            lambda s: (
                s.callback_policy_ids
                or s.care_line_ids
                or s.version_root_id
                or s.next_version_id
            )
        )
        if not asked.ids:
            return self.browse()
        self.env["survey.user_input.line"].flush_model(["survey_id", "skipped"])
        self.env.cr.execute(
            SQL(
                """
                SELECT s.id FROM survey_survey s
                 WHERE s.id IN %s AND EXISTS (
                       SELECT FROM survey_user_input_line l
                         JOIN survey_user_input i ON i.id = l.user_input_id
                        WHERE i.survey_id = s.id AND NOT COALESCE(l.skipped, FALSE)
                          AND NOT COALESCE(i.test_entry, FALSE))
                """,
                tuple(asked.ids),
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def action_new_version(self):
        """Copy the questionnaire, hand the policies over, keep this one as it was.

        :raises UserError: when a later version exists, or nobody has answered yet
        """
        self.ensure_one()
        self.check_access("write")
        if self.next_version_id:
            raise UserError(
                self.env._(
                    "%(survey)s: there is a later version, edit that one.",
                    survey=self.title,
                )
            )
        if self not in self._get_kept_versions():
            raise UserError(
                self.env._(
                    "%(survey)s: nobody has answered yet, edit it as it is.",
                    survey=self.title,
                )
            )
        new = self.sudo()._copy_version()
        self.sudo().with_context(active_test=False)._hand_over(new)
        self.sudo().write({"next_version_id": new.id, "active": False})
        return self._open_version(new)

    def _hand_over(self, new):
        """Whoever asks this questionnaire asks the new version from now on."""
        self.callback_policy_ids.write({"survey_id": new.id})
        self.care_line_ids.write({"survey_id": new.id})

    def _copy_version(self):
        """The next version: same title in every language, questions linked."""
        self.ensure_one()
        root = self.version_root_id or self
        new = self.copy()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE survey_survey n SET title = o.title FROM survey_survey o"
                " WHERE n.id = %s AND o.id = %s",
                new.id,
                self.id,
            )
        )
        new.invalidate_recordset(["title"])
        new.write({"version": self.version + 1, "version_root_id": root.id})
        root.version_root_id = root
        old_questions = self.question_and_page_ids.sorted()
        new_questions = new.question_and_page_ids.sorted()
        for old, copy in zip(old_questions, new_questions, strict=True):
            copy.version_root_id = old.version_root_id or old
        return new

    def _open_version(self, survey):
        return {
            "type": "ir.actions.act_window",
            "name": survey.title,
            "res_model": self._name,
            "res_id": survey.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_open_next_version(self):
        """The version that took this one's place."""
        self.ensure_one()
        return self._open_version(self.next_version_id)

    def action_view_versions(self):
        """All versions, the newest first."""
        self.ensure_one()
        root = self.version_root_id or self
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Versions of %(survey)s", survey=self.title),
            "res_model": self._name,
            "views": [
                (self.env.ref("dealer_aftersales.survey_survey_view_list").id, "list"),
                (False, "form"),
            ],
            "domain": ["|", ("id", "=", root.id), ("version_root_id", "=", root.id)],
            "context": {"active_test": False, "create": False},
        }
