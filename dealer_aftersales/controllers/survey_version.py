# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.addons.survey.controllers.main import Survey


class SurveyVersion(Survey):
    """A link that was sent before the questions changed still leads to them."""

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        result = super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner,
        )
        if result != "survey_closed" or not answer_sudo or not answer_token:
            return result
        if not survey_sudo.next_version_id or answer_sudo.state == "done":
            return result
        if answer_sudo.deadline and answer_sudo.deadline < fields.Datetime.now():
            return "answer_deadline"
        return True
