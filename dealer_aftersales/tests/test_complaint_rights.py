# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintRights(ComplaintCase):
    """domain.md 15, row Complaint, over the door of RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.plain = cls.make_complaint(goodwill_amount=100)
            cls.technical = cls.make_complaint(kind="technical", goodwill_amount=5)

    def read_as(self, user, complaint):
        return self.call(user, "dealer.complaint", "read", complaint.ids, ["content"])

    def write_as(self, user, complaint):
        return self.call(
            user, "dealer.complaint", "write", complaint.ids, {"answer": "x"}
        )

    def test_consultants_create_and_read_their_own(self):
        own = self.make_complaint(self.consultant, user_id=self.care.id)
        self.assertTrue(self.read_as(self.consultant, own))
        for refused in (
            lambda: self.read_as(self.consultant, self.plain),
            lambda: self.write_as(self.consultant, own),
            lambda: own.action_answer(),
        ):
            with self.assertRaises(AccessError):
                refused()
        self.assertFalse(own.can_handle)

    def test_what_a_consultant_enters_goes_to_customer_relations(self):
        own = self.make_complaint(self.consultant)
        self.assertIn(own.user_id, self.care | self.care_two)
        self.branch.complaint_user_id = self.care_two
        self.assertEqual(self.make_complaint(self.consultant).user_id, self.care_two)

    def test_advisors_handle_what_they_are_in_charge_of(self):
        own = self.make_complaint(self.advisor)
        self.assertEqual(own.user_id, self.advisor)
        self.write_as(self.advisor, own)
        with self.assertRaises(AccessError):
            self.read_as(self.advisor, self.plain)
        with self.assertRaises(AccessError):
            self.write_as(self.advisor, self.technical)
        repair = self.make_repair("2026-03-05 04:00:00", advisor_id=self.advisor.id)
        about = self.make_complaint(repair_id=repair.id)
        self.assertTrue(self.read_as(self.advisor, about))

    def test_technicians_read_the_technical_part(self):
        self.assertTrue(self.read_as(self.technician, self.technical))
        for refused in (
            lambda: self.read_as(self.technician, self.plain),
            lambda: self.write_as(self.technician, self.technical),
            lambda: self.make_complaint(self.technician),
            lambda: self.call(
                self.technician,
                "dealer.complaint",
                "read",
                self.technical.ids,
                ["goodwill_amount"],
            ),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_care_and_managers_handle_all_sales_managers_read(self):
        for user in (self.care, self.care_two, self.service_manager, self.director):
            self.write_as(user, self.plain)
        self.assertTrue(self.read_as(self.manager, self.plain))
        with self.assertRaises(AccessError):
            self.write_as(self.manager, self.plain)
        self.write_as(self.manager, self.make_complaint(kind="sales"))

    def test_other_branches_see_nothing(self):
        complaint = self.tell_story(self.plain)
        complaint.action_answer()
        with self.assertRaises(AccessError):
            self.read_as(self.care_north, complaint)
        for records in (complaint, complaint.log_ids):
            found = records.with_user(self.care_north).search([])
            self.assertFalse(found & records.with_user(self.care_north))

    def test_accountants_have_nothing_to_do_with_it(self):
        accountant = self.make_user("books", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.read_as(accountant, self.plain)
        partner = self.customer.with_user(accountant)
        partner.web_read({"name": {}})
        views = partner.get_views([(False, "form")])
        self.assertNotIn("complaint_count", views["views"]["form"]["arch"])

    def test_no_complaint_about_a_person_one_may_not_read(self):
        hidden = self.make_customer(company_id=self.other_branch.id)
        with self.assertRaises(UserError):
            self.make_complaint(partner_id=hidden.id, vehicle_id=False)

    def test_the_log_is_written_by_steps_only(self):
        with self.assertRaises(AccessError):
            self.env["dealer.complaint.log"].with_user(self.service_manager).create(
                {
                    "complaint_id": self.plain.id,
                    "state_from": "received",
                    "state_to": "closed",
                    "user_id": self.care.id,
                    "date": NOW,
                }
            )

    def test_export_is_for_those_who_take_lists_along(self):
        rows = self.plain.with_user(self.care).export_data(["name"])["datas"]
        self.assertEqual(len(rows), 1)
        own = self.make_complaint(self.advisor)
        self.advisor.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            own.export_data(["name"])

    def test_the_form_reads_for_every_role(self):
        for user in (
            self.care,
            self.service_manager,
            self.director,
            self.manager,
            self.technician,
        ):
            model = self.env["dealer.complaint"].with_user(user)
            views = model.get_views([(False, "form"), (False, "list")])
            names = views["models"]["dealer.complaint"]["fields"]
            self.technical.with_user(user).read(list(names))
