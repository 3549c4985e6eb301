# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.tests import tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMyDayCallbacks(AftersalesCase):
    def get_today(self, user):
        day = self.call(user, "dealer.my.day", "get_day")
        return next(c for c in day["columns"] if c["key"] == "today")

    def test_own_due_callback_is_part_of_the_day(self):
        self.consultant.group_ids += self.env.ref(
            "dealer_aftersales.group_customer_relations"
        )
        due, other = self.make_callback(), self.make_callback()
        due.sudo().user_id = self.consultant
        other.sudo().user_id = self.care
        column = self.get_today(self.consultant)
        self.assertEqual([c["res_id"] for c in column["cards"]], due.ids)
        card = column["cards"][0]
        self.assertEqual((card["model"], column["count"]), ("dealer.callback", 1))
        self.assertEqual(card["name"], "Li Owner")
        self.assertIn("苏A12345", card["car"])

    def test_consultant_without_callbacks_has_his_day(self):
        self.make_callback().sudo().user_id = self.care
        self.assertFalse(self.get_today(self.consultant)["cards"])
