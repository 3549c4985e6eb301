# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContactCheck(AftersalesCase):
    """Address and phone are asked for at every call and every visit."""

    def check(self, user, record, **values):
        """What the dialog of the button does: save, then say that all is right."""
        action = self.call(user, record._name, "action_check_contact_data", record.ids)
        person = self.env[action["res_model"]].with_user(user)
        person = person.browse(action["res_id"]).with_context(**action["context"])
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        with Form(person, view=view) as form:
            for name, value in values.items():
                setattr(form, name, value)
        person.action_confirm_contact_data()
        return person

    def test_address_changed_in_a_callback_is_written_with_its_source(self):
        callback = self.make_callback()
        person = self.check(
            self.care, callback, street="9 New Road", preferred_time="evening"
        )
        self.assertEqual(person, self.customer.with_user(self.care))
        self.assertRecordValues(
            self.customer.sudo(),
            [
                {
                    "street": "9 New Road",
                    "preferred_time": "evening",
                    "data_checked_by_id": self.care.id,
                }
            ],
        )
        notes = "".join(map(str, self.customer.message_ids.mapped("body")))
        self.assertIn("9 New Road", notes)
        self.assertIn(f"Source: Callback {callback.display_name}", notes)

    def test_order_asks_who_brought_the_car(self):
        bringer = self.make_customer("Zhao Bringer")
        repair = self.make_repair(bringer_id=bringer.id)
        person = self.check(self.advisor, repair, wechat_id="wx9")
        self.assertEqual(person, bringer.with_user(self.advisor))
        self.assertEqual(bringer.data_checked_by_id, self.advisor)
        self.assertIn(repair.name, bringer.message_ids[0].body)

    def test_wrong_number_in_a_callback_puts_the_customer_on_the_list(self):
        self.customer.sudo().file_state = "filed"
        callback = self.make_callback()
        callback.with_user(self.care).action_wrong_number()
        due = [("is_check_due", "=", True), ("id", "=", self.customer.id)]
        people = self.env["res.partner"].with_user(self.advisor)
        self.assertTrue(people.search(due))
        self.check(self.advisor, self.make_repair(), phone=self.next_phone())
        self.assertFalse(self.customer.phone_invalid)

    def test_call_card_tells_how_to_talk(self):
        self.customer.write({"communication_style": "direct"})
        callback = self.make_callback().with_user(self.care)
        self.assertEqual(callback.profile_hint, "Brief and direct")
