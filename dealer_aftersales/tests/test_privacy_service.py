# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPrivacyService(AftersalesCase):
    """Repair orders are papers to keep; remarks and answers are not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.callback = cls.make_callback()
        cls.callback.remark = "Wants a quiet car"

    def test_copy_tells_repairs_and_calls(self):
        data = str(self.customer._prepare_data_copy())
        self.assertIn(self.callback.repair_id.name, data)
        self.assertIn("Wants a quiet car", data)

    def test_delivered_repair_has_to_be_kept(self):
        with self.assert_refused(UserError, "have to be kept until 03/07/2036"):
            self.customer.with_user(self.director)._anonymise("asked for it")

    def test_answers_and_remarks_go(self):
        question = self.env["survey.question"].create(
            {"title": "What else?", "question_type": "text_box"}
        )
        survey = self.env["survey.survey"].create(
            {"title": "Calls", "question_ids": [(4, question.id)]}
        )
        sheet = self.env["survey.user_input"].create(
            {
                "survey_id": survey.id,
                "partner_id": self.customer.id,
                "user_input_line_ids": [
                    (
                        0,
                        0,
                        {
                            "question_id": question.id,
                            "answer_type": "text_box",
                            "value_text_box": "My son drives it",
                        },
                    )
                ],
            }
        )
        self.callback.user_input_id = sheet
        with freeze_time("2036-04-01 04:00:00"):
            self.customer.with_user(self.director)._anonymise("asked for it")
        self.assertFalse(self.callback.remark)
        self.assertFalse(sheet.user_input_line_ids.value_text_box)
        self.assertFalse(sheet.partner_id)
        self.assertEqual(self.callback.partner_id, self.customer)
