# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import NOW
from .test_lead_response import ResponseCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStaleLeads(ResponseCase):
    """Leads that stand still: found, explained, and moved one way or another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("dealer_crm.stale_reason_price")
        cls.silent = cls.make_silent("2026-02-08 04:00:00")

    @classmethod
    def make_silent(cls, last, **values):
        lead = cls.make_lead(**values)
        lead.last_contact_date = last
        return lead

    def review(self, leads, decision, user=None, **values):
        wizards = self.env["dealer.lead.review"].with_user(user or self.consultant)
        wizard = wizards.create(
            {
                "lead_ids": [(6, 0, leads.ids)],
                "stale_reason_id": self.reason.id,
                "decision": decision,
                **values,
            }
        )
        wizard.action_apply()

    def get_stale(self):
        return self.env["crm.lead"].search([("is_stale", "=", True)])

    def test_thirty_days_of_silence(self):
        fresh = self.make_silent("2026-02-08 16:00:00")  # the 9th at the branch
        self.assertEqual(
            (self.silent.is_stale, fresh.is_stale, self.silent.silent_days),
            (True, False, 30),
        )
        self.assertIn(self.silent, self.get_stale())
        self.assertNotIn(fresh, self.get_stale())

    def test_field_and_filter_agree(self):
        moments = ["2026-01-01", "2026-02-07", "2026-02-09", "2026-03-09"]
        leads = self.env["crm.lead"]
        for moment in moments:
            for reviewed in (False, "2026-01-15", "2026-03-01"):
                lead = self.make_silent(f"{moment} 04:00:00")
                lead.stale_reviewed_at = reviewed and f"{reviewed} 04:00:00"
                leads |= lead
        self.env.flush_all()
        leads.invalidate_recordset()
        self.assertEqual(leads & self.get_stale(), leads.filtered("is_stale"))
        self.assertEqual(len(leads.filtered("is_stale")), 4)

    def test_never_contacted_counts_from_its_beginning(self):
        lead = self.make_lead()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-02-01' WHERE id = %s", [lead.id]
        )
        lead.invalidate_recordset()
        self.assertTrue(lead.is_stale)
        self.assertIn(lead, self.get_stale())

    def test_branch_without_the_rule(self):
        self.branch.lead_stale_days = 0
        self.silent.invalidate_recordset()
        self.assertFalse(self.silent.is_stale)
        self.assertNotIn(self.silent, self.get_stale())

    def test_reactivated_lead_has_a_plan_and_leaves_the_list(self):
        """Acceptance of LEAD-11."""
        self.review(self.silent, "reactivate", next_contact_date="2026-03-12")
        self.assertEqual(self.silent.next_contact_date, date(2026, 3, 12))
        self.assertEqual(str(self.silent.activity_ids.date_deadline), "2026-03-12")
        self.assertEqual(self.silent.stale_reason_id, self.reason)
        self.assertNotIn(self.silent, self.get_stale())
        with freeze_time("2026-04-10 04:00:00"):
            self.silent.invalidate_recordset()
            self.assertIn(self.silent, self.get_stale())

    def test_dormant_lead_waits_for_nobody(self):
        self.review(
            self.silent, "dormant", dormant_until="2026-05-04", note="After May"
        )
        lead = self.silent
        self.assertEqual(lead.dormant_on, date(2026, 3, 10))
        self.assertFalse(lead.next_contact_date or lead.activity_ids)
        self.assertIn("After May", lead.dormant_reason)
        self.assertNotIn(lead, self.get_stale())
        lead.with_user(self.manager).user_id = self.make_user(
            "second", "dealer_crm.group_sales_consultant"
        )
        self.assertFalse(lead.next_contact_date)

    def test_dormant_lead_wakes_up_on_its_day(self):
        self.review(self.silent, "dormant", dormant_until="2026-05-04")
        cron = self.env.ref("dealer_crm.ir_cron_wake_dormant")
        with freeze_time("2026-05-03 04:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
            self.assertTrue(self.silent.dormant_on)
        with freeze_time("2026-05-04 04:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self.silent.dormant_on or self.silent.dormant_until)
        self.assertEqual(self.silent.next_contact_date, date(2026, 5, 4))
        self.assertEqual(self.silent.activity_ids.user_id, self.consultant)

    def test_customer_who_comes_back_wakes_it(self):
        self.review(self.silent, "dormant")
        self.log_contact(self.silent, channel="letter", content="Invitation")
        self.assertTrue(self.silent.dormant_on)
        self.log_contact(self.silent, channel="phone", direction="in", content="Calls")
        self.assertFalse(self.silent.dormant_on)
        self.assertEqual(self.silent.next_contact_date, date(2026, 3, 11))

    def test_planned_or_closed_lead_is_not_dormant(self):
        other = self.make_lead()
        self.review(self.silent | other, "dormant")
        self.silent.with_user(self.consultant).next_contact_date = "2026-03-20"
        other.action_set_won()
        self.assertFalse(self.silent.dormant_on or other.dormant_on)

    def test_button_wakes_it_up(self):
        self.review(self.silent, "dormant")
        self.call(self.consultant, "crm.lead", "action_reactivate", self.silent.ids)
        self.assertFalse(self.silent.dormant_on)
        self.assertEqual(self.silent.next_contact_date, date(2026, 3, 11))

    def test_lost_with_its_reason(self):
        lost = self.env["crm.lost.reason"].create({"name": "Too dear"})
        with self.assert_refused(ValidationError, "Lost Reason"):
            self.review(self.silent, "lost")
        self.review(self.silent, "lost", lost_reason_id=lost.id)
        self.assertEqual(
            (self.silent.won_status, self.silent.lost_reason_id), ("lost", lost)
        )
        self.assertEqual(self.silent.stale_reason_id, self.reason)

    def test_days_must_lie_ahead(self):
        with self.assert_refused(ValidationError, "from today on"):
            self.review(self.silent, "reactivate", next_contact_date="2026-03-09")
        with self.assert_refused(ValidationError, "after today"):
            self.review(self.silent, "dormant", dormant_until="2026-03-10")

    def test_leads_of_others_are_not_reviewed(self):
        second = self.make_user("second", "dealer_crm.group_sales_consultant")
        with self.assertRaises(AccessError):
            self.review(self.silent, "dormant", user=second)
        self.review(self.silent, "dormant", user=self.manager)
        won = self.make_lead()
        won.action_set_won()
        with self.assert_refused(UserError, "not reviewed"):
            self.review(won, "dormant")

    def test_rest_is_not_typed(self):
        for name, value in (
            ("dormant_on", "2026-03-10"),
            ("dormant_until", "2026-05-10"),
            ("stale_reason_id", self.reason.id),
        ):
            with self.assertRaises(AccessError):
                self.call(
                    self.consultant,
                    "crm.lead",
                    "write",
                    self.silent.ids,
                    {name: value},
                )

    def test_one_lead_that_cannot_wake_stops_no_other(self):
        leads = self.silent | self.make_lead()
        self.review(leads, "dormant", dormant_until="2026-05-04")
        bad = leads[0]
        wake = type(bad)._wake

        def fail_for_one(records, day=None):
            if bad in records:
                raise ValidationError(str(bad))
            return wake(records, day)

        self.patch(type(bad), "_wake", fail_for_one)
        with self.assertLogs("odoo.addons.dealer_crm.tools.job_steps") as log:
            leads._wake_each_safely(date(2026, 5, 4))
        self.assertIn(str(bad.id), "".join(log.output))
        self.assertEqual([bool(lead.dormant_on) for lead in leads], [True, False])
