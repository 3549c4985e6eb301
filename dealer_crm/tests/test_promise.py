# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPromise(DealerCrmCase):
    """A promise reminds who made it and is read by whoever opens the lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_user("other", "dealer_crm.group_sales_consultant")
        cls.lead = cls.make_lead()

    def promise(self, user=None, **values):
        promises = self.env["dealer.promise"].with_user(user or self.consultant)
        defaults = {
            "name": "Free floor mats",
            "lead_id": self.lead.id,
            "date_due": "2026-03-12",
        }
        return promises.create(defaults | values)

    def test_activity_stands_on_its_day(self):
        activity = self.promise().sudo().activity_id
        self.assertRecordValues(
            activity,
            [
                {
                    "res_model": "crm.lead",
                    "res_id": self.lead.id,
                    "user_id": self.consultant.id,
                    "date_deadline": date(2026, 3, 12),
                    "summary": "Free floor mats",
                }
            ],
        )

    def test_due_yesterday_is_red(self):
        promise = self.promise(date_due="2026-03-09")
        self.assertTrue(promise.is_overdue)
        self.assertEqual(promise.sudo().activity_id.state, "overdue")
        overdue = promise.search([("is_overdue", "=", True)])
        self.assertEqual(overdue, promise)
        lead = self.lead.with_user(self.consultant)
        self.assertTrue(lead.has_overdue_promise)
        promise.date_due = "2026-03-10"
        self.assertFalse(promise.is_overdue)

    def test_second_consultant_reads_it_on_the_lead(self):
        self.promise(date_due="2026-03-09")
        self.lead.user_id = self.other
        alert = self.lead.with_user(self.other).promise_alert
        self.assertIn("Free floor mats", alert)
        self.assertIn("Consultant", alert)

    def test_promise_to_the_customer_is_read_on_his_other_lead(self):
        customer = self.make_customer()
        self.lead.partner_id = customer
        promise = self.promise()
        self.assertEqual(promise.partner_id, customer)
        mine = self.make_lead(partner_id=customer.id, user_id=self.other.id)
        self.assertIn("mats", mine.with_user(self.other).promise_alert)
        lines = customer.with_user(self.other)._get_desk_now()
        self.assertIn("mats", lines[0]["text"])

    def test_lead_that_becomes_a_customer_brings_its_promises(self):
        promise = self.promise()
        self.lead.with_user(self.consultant)._convert_to_customer()
        self.assertEqual(promise.partner_id, self.lead.partner_id)

    def test_done_means_kept(self):
        promise = self.promise()
        activity = promise.sudo().activity_id
        activity.with_user(self.consultant).action_done()
        self.assertEqual((promise.state, str(promise.kept_on)), ("kept", "2026-03-10"))

    def test_kept_means_done(self):
        promise = self.promise()
        activity = promise.sudo().activity_id
        promise.action_keep()
        self.assertEqual((activity.active, activity.state), (False, "done"))
        self.assertFalse(self.lead.with_user(self.consultant).promise_alert)

    def test_broken_needs_no_reminder_and_reopened_has_one(self):
        promise = self.promise()
        activity = promise.sudo().activity_id
        promise.action_break()
        self.assertFalse(activity.exists())
        promise.action_reopen()
        self.assertTrue(promise.sudo().activity_id.active)
        self.assertFalse(promise.kept_on)

    def test_day_and_person_move_both_ways(self):
        promise = self.promise()
        activity = promise.sudo().activity_id
        promise.date_due = "2026-03-20"
        self.assertEqual(activity.date_deadline, date(2026, 3, 20))
        activity.write({"date_deadline": "2026-03-25", "user_id": self.other.id})
        self.assertEqual(
            (promise.date_due, promise.user_id), (date(2026, 3, 25), self.other)
        )

    def test_words_are_changed_by_author_or_manager(self):
        promise = self.promise(partner_id=self.make_customer().id, lead_id=False)
        with self.assert_refused(AccessError, "words"):
            promise.with_user(self.other).name = "Nothing"
        promise.with_user(self.other).action_keep()
        promise.with_user(self.manager).name = "Mats and a full tank"
        self.assertEqual(promise.name, "Mats and a full tank")

    def test_nobody_promises_for_another(self):
        with self.assert_refused(AccessError, "words"):
            self.promise(user_id=self.other.id)

    def test_stamp_is_the_systems(self):
        with self.assert_refused(AccessError, "by the system"):
            self.promise(kept_on="2026-01-01")
        promises = self.env["dealer.promise"].with_user(self.consultant)
        with self.assert_refused(AccessError, "by the system"):
            promises.with_context(default_kept_on="2026-01-01").create(
                {"name": "x", "lead_id": self.lead.id}
            )

    def test_promises_on_foreign_leads_and_branches_are_not_read(self):
        promise = self.promise()
        with self.assertRaises(AccessError):
            promise.with_user(self.other).read(["name"])
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_manager", self.other_branch
        )
        self.assertFalse(promise.with_user(stranger).search([]))

    def test_promise_needs_somebody(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.promise(lead_id=False)

    def test_merge_and_deletion_of_leads(self):
        other = self.make_lead()
        promise = self.promise()
        merged = (self.lead + other).with_user(self.manager).merge_opportunity()
        self.assertEqual(promise.sudo().lead_id, merged)
        merged.with_user(self.director).unlink()
        self.assertFalse(promise.sudo().exists())

    def test_handover_takes_promises_along(self):
        promise = self.promise()
        logs = self.env["dealer.handover"].with_user(self.manager)
        logs._hand_over(self.consultant, self.other, ["promises"])
        self.assertEqual(promise.sudo().user_id, self.other)
        self.assertEqual(promise.sudo().promised_by_id, self.consultant)
        self.assertEqual(promise.sudo().activity_id.user_id, self.other)

    def test_timeline_of_the_lead_tells_it(self):
        self.promise()
        timeline = self.lead.with_user(self.consultant).get_dealer_timeline(["promise"])
        self.assertEqual(
            [(e["title"], e["user"]) for e in timeline["events"]],
            [("Promise: Free floor mats", "Consultant")],
        )

    def test_one_query_for_many_leads(self):
        leads = self.env["crm.lead"]
        for _ in range(20):
            lead = self.make_lead()
            self.promise(lead_id=lead.id)
            leads += lead
        leads = leads.with_user(self.consultant)
        counts = []
        for some in (leads[:2], leads):
            self.env.invalidate_all()
            some.mapped("partner_id")
            start = self.env.cr.sql_log_count
            some.mapped("promise_alert")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])
