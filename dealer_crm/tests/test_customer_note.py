# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestCustomerNote(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.customer = cls.make_customer()

    def note(self, user, text, **values):
        notes = self.env["dealer.customer.note"].with_user(user)
        return notes.create({"partner_id": self.customer.id, "text": text, **values})

    def test_notes_of_two_users_stay_separate_and_dated(self):
        one = self.note(self.consultant, "Never calls before noon", date="2026-01-02")
        two = self.note(self.colleague, "Sponsors a club", kind="event")
        notes = self.customer.with_user(self.consultant).note_ids
        self.assertEqual(set(notes.ids), {one.id, two.id})
        self.assertEqual((one.user_id, two.user_id), (self.consultant, self.colleague))
        self.assertEqual(str(one.date), "2026-01-02")
        self.assertTrue(two.date)
        self.assertEqual((one + two).mapped("department"), ["sales", "sales"])

    def test_author_corrects_his_own_and_nobody_anothers(self):
        note = self.note(self.consultant, "Trait")
        note.text = "Corrected"
        for user in (self.colleague, self.manager, self.director):
            with self.assert_refused(AccessError, "by its author only"):
                note.with_user(user).text = "Rewritten"
        self.assertEqual(note.text, "Corrected")

    def test_nobody_writes_in_the_name_of_another(self):
        for values in ({"user_id": self.colleague.id}, {"department": "service"}):
            with self.assert_refused(AccessError, "by its author only"):
                self.note(self.consultant, "x", **values)
            with self.assert_refused(AccessError, "by its author only"):
                self.note(self.consultant, "x").write(values)
            forged = {f"default_{name}": value for name, value in values.items()}
            notes = self.env["dealer.customer.note"].with_user(self.consultant)
            with self.assert_refused(AccessError, "by its author only"):
                notes.with_context(**forged).create(
                    {"partner_id": self.customer.id, "text": "x"}
                )

    def test_other_departments_and_branches_read_nothing(self):
        note = self.note(self.consultant, "Trait")
        clerk = self.make_user("clerk", "dealer_crm.group_dealer_user")
        north = self.make_user(
            "north", "dealer_crm.group_sales_manager", self.other_branch
        )
        self.customer.company_id = self.branch
        for user in (clerk, north):
            notes = self.env["dealer.customer.note"].with_user(user)
            self.assertFalse(notes.search([("id", "=", note.id)]), user.name)
        found = self.env["dealer.customer.note"].with_user(self.manager)
        self.assertTrue(found.search([("id", "=", note.id)]))
