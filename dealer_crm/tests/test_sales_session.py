# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import DealerCrmCase

MONDAY = "2026-03-16 02:00:00"  # 10:00 in Shanghai
WEEK = date(2026, 3, 9)


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestSalesSession(DealerCrmCase):
    """The week's won and lost leads become a session with measures that remind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([("id", "!=", cls.branch.id)]).write(
            {"session_weekday": False}
        )
        cls.branch.session_weekday = "0"
        cls.sessions = cls.env["dealer.sales.session"]

    @classmethod
    def close_lead(cls, day, is_won=False, **values):
        lead = cls.make_lead(**values)
        with freeze_time(day):
            if is_won:
                lead.action_set_won()
            else:
                lead.action_set_lost()
        return lead

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "dealer_crm.ir_cron_open_sales_sessions"
            ).method_direct_trigger()
        return self.sessions.search([("company_id", "=", self.branch.id)])

    def test_list_is_what_the_week_closed(self):
        first = self.close_lead("2026-03-08 16:00:00", is_won=True)  # Monday 0:00
        last = self.close_lead("2026-03-15 15:59:59")  # Sunday 23:59:59
        self.close_lead("2026-03-08 15:59:59")
        self.close_lead("2026-03-15 16:00:00")
        self.make_lead()
        session = self.run_job()
        self.assertEqual(session.week_start, WEEK)
        self.assertEqual(session.line_ids.lead_id, first | last)
        self.assertEqual((session.won_count, session.lost_count), (1, 1))

    def test_lines_are_frozen(self):
        reason = self.env["crm.lost.reason"].create({"name": "Price"})
        lead = self.close_lead("2026-03-10 02:00:00", expected_revenue=5000)
        lead.lost_reason_id = reason
        line = self.run_job().line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "name": lead.name,
                    "user_id": self.consultant.id,
                    "vehicle_model_id": self.car_model.id,
                    "result": "lost",
                    "reason": "Price",
                    "amount": 5000,
                }
            ],
        )
        lead.action_unarchive()
        lead.name = "Something else"
        self.assertEqual((line.result, line.name), ("lost", "Asks for a Lavida"))

    def test_job_runs_once_per_week(self):
        session = self.run_job()
        self.close_lead("2026-03-11 02:00:00")
        self.assertEqual(self.run_job(), session)
        self.assertFalse(session.line_ids)

    def test_missed_monday_is_caught_up_and_the_day_is_awaited(self):
        self.branch.session_weekday = "2"
        self.assertFalse(self.run_job())
        with freeze_time("2026-03-19 02:00:00"):
            self.assertEqual(self.run_job().week_start, WEEK)

    def test_branches_do_not_mix(self):
        self.close_lead(
            "2026-03-10 02:00:00", company_id=self.other_branch.id, user_id=False
        )
        self.assertFalse(self.run_job().line_ids)

    def test_measure_is_a_to_do_of_its_person(self):
        session = self.run_job()
        action = (
            self.env["dealer.sales.action"]
            .with_user(self.manager)
            .create(
                {
                    "session_id": session.id,
                    "name": "Role play: price talk",
                    "user_id": self.consultant.id,
                    "date_due": "2026-03-20",
                }
            )
        )
        activity = action.sudo().activity_id
        self.assertRecordValues(
            activity,
            [
                {
                    "summary": "Role play: price talk",
                    "user_id": self.consultant.id,
                    "date_deadline": date(2026, 3, 20),
                    "res_model": "dealer.sales.session",
                }
            ],
        )
        action.date_due = "2026-03-21"
        self.assertEqual(activity.date_deadline, date(2026, 3, 21))
        activity.with_user(self.consultant).action_done()
        self.assertTrue(action.is_done)
        with self.assert_refused(AccessError, "made by itself"):
            action.with_user(self.manager).activity_id = False

    def test_week_by_hand_is_over_and_only_once(self):
        sessions = self.sessions.with_user(self.manager)
        session = sessions.create({"week_start": "2026-03-05"})
        self.assertEqual(session.week_start, date(2026, 3, 2))
        with self.assert_refused(UserError, "not over"):
            sessions.create({"week_start": "2026-03-16"})

    def test_held_session_is_kept(self):
        session = self.run_job().with_user(self.manager)
        session.action_hold()
        self.assertEqual(session.state, "held")
        with self.assert_refused(UserError, "kept"):
            session.unlink()
        with self.assert_refused(AccessError, "button"):
            session.write({"state": "open"})

    def test_consultants_read_and_see_their_own_cases(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        self.close_lead("2026-03-10 02:00:00", user_id=other.id)
        mine = self.close_lead("2026-03-11 02:00:00")
        session = self.run_job()
        self.assertEqual(len(session.line_ids), 2)
        self.env.invalidate_all()
        seen = session.with_user(self.consultant)
        self.assertEqual(seen.line_ids.lead_id, mine)
        with self.assertRaises(AccessError):
            seen.minutes = "x"
        receptionist = self.make_user("front", "dealer_crm.group_receptionist")
        with self.assertRaises(AccessError):
            self.call(receptionist, self.sessions, "search", [])

    def test_merged_and_forgotten_leads(self):
        customer = self.make_customer()
        leads = self.close_lead("2026-03-10 02:00:00", partner_id=customer.id)
        leads |= self.close_lead("2026-03-11 02:00:00", partner_id=customer.id)
        lines = self.run_job().line_ids
        leads.action_unarchive()
        merged = leads.with_user(self.manager).merge_opportunity()
        self.assertEqual(lines.lead_id, merged)
        customer._empty_personal_data()
        self.assertIn("–", lines.mapped("name"))

    def test_branch_that_fails_stops_no_other(self):
        self.other_branch.session_weekday = "0"
        sessions = self.env.registry["dealer.sales.session"]
        open_session = sessions._open_session

        def fail_at_first(records, company):
            if company == self.other_branch:
                raise ValueError("no")
            return open_session(records, company)

        logger = "odoo.addons.dealer_crm.tools.job_steps"
        with (
            patch.object(sessions, "_open_session", fail_at_first),
            self.assertLogs(logger, "ERROR") as logs,
        ):
            self.assertEqual(len(self.run_job()), 1)
        self.assertIn(f"Weekly session: {self.other_branch} failed", logs.output[0])
