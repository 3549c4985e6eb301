# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase

#: 10 March 2026 is a Tuesday; Shanghai is eight hours ahead
MORNING = "2026-03-10 01:00:00"  # 9:00
EVENING = "2026-03-10 12:00:00"  # 20:00
LATE = "mail_activity_type_late_response"


def utc(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute)


class ResponseCase(DealerCrmCase):
    """A branch that works on weekdays from 8 to 12 and from 13 to 17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.assign.rule"].search([]).active = False
        cls.env["dealer.response.target"].search([]).active = False
        hours = [(8, 12), (13, 17)]
        cls.branch.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Showroom",
                "tz": "Asia/Shanghai",
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": "Open",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                        },
                    )
                    for day in range(5)
                    for start, end in hours
                ],
            }
        )
        cls.branch.write(
            {
                "lead_attempt_hours": 2,
                "lead_reached_hours": 8,
                "lead_recycle_hours": 0,
                "lead_overdue_days": 3,
                "lead_stale_days": 30,
                "lead_digest_hour": 8,
                "lead_manager_id": cls.manager.id,
            }
        )

    def get_alarms(self, lead, kind=LATE):
        kind = self.env.ref(f"dealer_crm.{kind}")
        return lead.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def run_watch(self):
        with self.enter_registry_test_mode():
            self.env.ref("dealer_crm.ir_cron_watch_leads").method_direct_trigger()
        self.env.invalidate_all()

    @classmethod
    def make_lead_at(cls, moment, **values):
        with freeze_time(moment):
            lead = cls.make_lead(**values)
        # core notes it by the clock of the database
        lead.date_open = lead.user_id and moment
        return lead


@tagged("post_install", "-at_install")
class TestLeadResponse(ResponseCase):
    """The clock of an enquiry, in the working hours of the branch."""

    def test_deadline_of_the_branch(self):
        lead = self.make_lead_at(MORNING, user_id=False)
        self.assertEqual(lead.response_due_at, utc(10, 3))
        self.assertEqual(lead.reached_due_at, utc(11, 1))
        self.assertFalse(lead.is_after_hours)
        self.assertEqual(lead.response_state, "waiting")

    def test_night_does_not_count(self):
        lead = self.make_lead_at(EVENING)
        self.assertEqual(lead.response_due_at, utc(11, 2))
        self.assertTrue(lead.is_after_hours)

    def test_target_of_the_source(self):
        web = self.env["utm.source"].create({"name": "Web T"})
        self.env["dealer.response.target"].create(
            {
                "company_id": self.branch.id,
                "source_ids": [(6, 0, web.ids)],
                "attempt_hours": 0.5,
                "reached_hours": 1,
            }
        )
        lead = self.make_lead_at(MORNING, source_id=web.id)
        other = self.make_lead_at(MORNING)
        self.assertEqual(lead.response_due_at, utc(10, 1, 30))
        self.assertEqual(other.response_due_at, utc(10, 3))

    def test_no_clock_where_the_branch_has_none(self):
        self.branch.lead_attempt_hours = 0
        self.assertFalse(self.make_lead_at(MORNING).response_due_at)

    def test_first_contact_stops_the_clock(self):
        """Acceptance of LEAD-19: the time is stored, the alarm ends."""
        lead = self.make_lead_at(EVENING)
        with freeze_time("2026-03-11 01:30:00"):
            self.log_contact(lead, outcome="not_reached")
        self.assertEqual(lead.first_attempt_at, utc(11, 1, 30))
        self.assertAlmostEqual(lead.response_hours, 1.5)
        self.assertEqual(lead.response_state, "in_time")
        self.assertFalse(lead.first_reached_at)
        with freeze_time("2026-03-11 06:00:00"):
            self.log_contact(lead, outcome="reached", content="Wants an offer")
        self.assertEqual(lead.first_reached_at, utc(11, 6))
        self.assertEqual(lead.first_two_way_at, utc(11, 6))
        self.assertTrue(lead.is_reached_in_time)
        self.assertAlmostEqual(lead.response_hours, 1.5)

    def test_answer_to_a_message_is_an_exchange_not_a_talk(self):
        lead = self.make_lead_at(MORNING)
        for moment, direction in (("01:20", "in"), ("01:30", "out"), ("01:50", "in")):
            with freeze_time(f"2026-03-10 {moment}:00"):
                self.log_contact(
                    lead, channel="email", direction=direction, content="x"
                )
        self.assertEqual(lead.first_attempt_at, utc(10, 1, 30))
        self.assertEqual(lead.first_two_way_at, utc(10, 1, 50))
        self.assertFalse(lead.first_reached_at)

    def test_contact_entered_late_counts_by_its_own_time(self):
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-11 02:00:00"):
            self.log_contact(lead, outcome="not_reached")
            self.assertEqual(lead.response_state, "late")
            self.log_contact(
                lead, date="2026-03-10 02:00:00", outcome="reached", content="x"
            )
        self.assertEqual(lead.first_attempt_at, utc(10, 2))
        self.assertEqual(lead.response_state, "in_time")

    def test_care_is_no_answer(self):
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-10 02:00:00"):
            self.log_contact(lead, channel="sms", purpose="care", content="Greetings")
        self.assertFalse(lead.first_attempt_at)

    def test_lead_of_a_visit_was_answered_at_once(self):
        with freeze_time(MORNING):
            contacts = self.env["dealer.contact"].with_user(self.consultant)
            visit = contacts.create(
                {
                    "channel": "visit",
                    "purpose": "inquiry",
                    "visitor_name": "Sun Testa",
                    "visitor_phone": self.next_phone(),
                    "is_read_back": True,
                    "content": "Looks around",
                }
            )
            lead = visit._make_lead()
        self.assertEqual(lead.first_reached_at, visit.date)
        self.assertEqual((lead.response_hours, lead.response_state), (0, "in_time"))

    def test_stamps_are_not_typed(self):
        lead = self.make_lead_at(MORNING)
        for values in (
            {"first_attempt_at": "2026-03-10 01:00:00"},
            {"response_due_at": False},
            {"response_state": "in_time"},
        ):
            for user in (self.consultant, self.manager):
                with self.assertRaises(AccessError):
                    self.call(user, "crm.lead", "write", lead.ids, values)
        with self.assertRaises(AccessError):
            self.call(
                self.consultant.with_context(default_response_state="in_time"),
                "crm.lead",
                "create",
                [{"name": "x", "response_state": "in_time"}],
            )

    def test_lists(self):
        lead = self.make_lead_at(MORNING)
        leads = self.env["crm.lead"]
        with freeze_time("2026-03-10 02:00:00"):
            self.assertFalse(lead.is_response_late)
            self.assertNotIn(lead, leads.search([("is_response_late", "=", True)]))
        with freeze_time("2026-03-10 04:00:00"):
            lead.invalidate_recordset()
            self.assertTrue(lead.is_response_late)
            self.assertIn(lead, leads.search([("is_response_late", "=", True)]))
            self.assertNotIn(lead, leads.search([("is_response_late", "=", False)]))

    def test_queries_do_not_grow_with_the_leads(self):
        def create(number):
            rows = [
                {"name": f"Lead {n}", "user_id": False, "company_id": self.branch.id}
                for n in range(number)
            ]
            leads = self.env["crm.lead"].create(rows)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            leads._start_response_clock()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        create(2)
        few, many = create(5), create(50)
        self.assertLessEqual(many, few + 2)


@tagged("post_install", "-at_install")
class TestLateResponse(ResponseCase):
    """Nobody answers: the manager hears of it, and another gets the lead."""

    def test_one_alarm_for_the_manager_not_one_per_run(self):
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-10 02:59:00"):
            self.run_watch()
            self.assertFalse(self.get_alarms(lead))
        for minute in ("01", "20", "40"):
            with freeze_time(f"2026-03-10 03:{minute}:00"):
                self.run_watch()
        alarm = self.get_alarms(lead)
        self.assertEqual(alarm.user_id, self.manager)
        self.assertEqual(str(alarm.date_deadline), "2026-03-10")
        self.assertEqual(alarm.summary, "Late First Contact")
        self.assertEqual(lead.response_state, "late")

    def test_lead_of_nobody_alarms_too(self):
        lead = self.make_lead_at(MORNING, user_id=False)
        with freeze_time("2026-03-10 04:00:00"):
            self.run_watch()
        self.assertEqual(self.get_alarms(lead).user_id, self.manager)

    def test_first_contact_ends_the_alarm(self):
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-10 04:00:00"):
            self.run_watch()
        with freeze_time("2026-03-10 05:00:00"):
            self.log_contact(lead, outcome="not_reached")
            self.assertFalse(self.get_alarms(lead))
            self.run_watch()
        self.assertFalse(self.get_alarms(lead))
        self.assertEqual(lead.response_state, "late")

    def test_lost_lead_ends_the_alarm(self):
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-10 04:00:00"):
            self.run_watch()
            lead.action_set_lost()
        self.assertFalse(self.get_alarms(lead))

    def test_who_hears_of_it(self):
        team = self.env["crm.team"].create(
            {
                "name": "Online",
                "company_id": self.branch.id,
                "user_id": self.director.id,
            }
        )
        companies = self.env["res.company"]
        pair = (self.branch.id, team.id)
        self.assertEqual(companies._get_lead_managers({pair})[pair], self.manager.id)
        self.branch.lead_manager_id = False
        self.assertEqual(companies._get_lead_managers({pair})[pair], self.director.id)
        team.user_id = self.consultant
        found = companies._get_lead_managers({pair})[pair]
        found = self.env["res.users"].browse(found)
        self.assertTrue(found.has_group("dealer_crm.group_sales_manager"))
        self.assertIn(self.branch, found.company_ids)

    def test_alarms_cost_the_same_for_many(self):
        def tell(number):
            for _number in range(number):
                self.make_lead_at(MORNING)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            with freeze_time("2026-03-10 04:00:00"):
                self.assertEqual(self.env["crm.lead"]._alarm_late_responses(), number)
            return self.cr.sql_log_count - before

        self.env["crm.lead"]._alarm_late_responses()
        tell(2)
        self.assertEqual(tell(3), tell(12))

    def test_lead_let_lie_goes_to_another(self):
        second = self.make_user("second", "dealer_crm.group_sales_consultant")
        self.env["dealer.assign.rule"].create(
            {
                "name": "All",
                "company_id": self.branch.id,
                "user_ids": [(6, 0, (self.consultant | second).ids)],
            }
        )
        self.branch.lead_recycle_hours = 4
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-10 05:59:00"):
            self.run_watch()
            self.assertEqual(lead.user_id, self.consultant)
        with freeze_time("2026-03-10 06:01:00"):
            self.run_watch()
        self.assertEqual(lead.user_id, second)
        kinds = lead.assign_log_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["recycled", "rule"])
        self.assertEqual(lead.activity_ids.user_id & self.consultant, second.browse())

    def test_nobody_else_there_it_waits_in_the_pool(self):
        self.env["dealer.assign.rule"].create(
            {
                "name": "All",
                "company_id": self.branch.id,
                "user_ids": [(6, 0, self.consultant.ids)],
            }
        )
        self.branch.lead_recycle_hours = 4
        lead = self.make_lead_at(MORNING)
        with freeze_time("2026-03-11 06:01:00"):
            self.run_watch()
            self.assertFalse(lead.user_id)
            lead._assign_by_rules()
        self.assertFalse(lead.user_id)

    def test_lead_with_an_attempt_or_setting_off_stays(self):
        lead, tried = self.make_lead_at(MORNING), self.make_lead_at(MORNING)
        with freeze_time("2026-03-10 02:00:00"):
            self.log_contact(tried, outcome="not_reached")
        with freeze_time("2026-03-12 06:01:00"):
            self.run_watch()
            self.assertEqual(lead.user_id, self.consultant)
            self.branch.lead_recycle_hours = 4
            self.run_watch()
        self.assertFalse(lead.user_id)
        self.assertEqual(tried.user_id, self.consultant)
