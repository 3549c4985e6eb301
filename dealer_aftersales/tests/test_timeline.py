# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestTimeline(AftersalesCase):
    """All events of a person, a lead or a car in order of date (CUS-26)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car.purchase_date = "2025-06-01"
        cls.lead = cls.make_lead(partner_id=cls.customer.id, name="Wants a Lavida")
        cls.lead.grade_id = cls.branch.grade_ladder_id.grade_ids[1]
        cls.log = cls.env["dealer.contact"]
        for day, channel, car in (
            ("2026-03-01 02:00:00", "visit", False),
            ("2026-03-02 02:00:00", "phone", cls.car),
            ("2026-03-03 02:00:00", "wechat", False),
        ):
            cls.log |= cls.log.create(
                {
                    "partner_id": cls.customer.id,
                    "lead_id": cls.lead.id,
                    "vehicle_id": car and car.id,
                    "date": day,
                    "channel": channel,
                    "user_id": cls.consultant.id,
                    "content": f"Said by {channel}",
                }
            )
        cls.env["dealer.promise"].create(
            {"lead_id": cls.lead.id, "name": "Winter tyres free of charge"}
        )
        cls.repair = cls.make_repair("2026-03-04 06:00:00", advisor_id=cls.advisor.id)
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "opportunity_id": cls.lead.id,
                "user_id": cls.consultant.id,
                "date_order": "2026-03-03 03:00:00",
            }
        )

    def read_page(self, user, record=None, **kwargs):
        record = record or self.customer
        return self.call(user, record, "get_dealer_timeline", record.ids, **kwargs)

    def read_all(self, user, record=None, limit=2, **kwargs):
        """All pages one after the other, as the scroll bar asks for them."""
        events, before = [], None
        while True:
            page = self.read_page(user, record, before=before, limit=limit, **kwargs)
            events += page["events"]
            before = page["next"]
            if not before:
                return events

    def call(self, user, model, method, ids, **kwargs):
        records = model.with_user(user).browse(ids)
        return getattr(records, method)(**kwargs)

    def test_all_events_in_order_with_user(self):
        events = self.read_page(self.manager)["events"]
        dates = [event["date"].ljust(19) for event in events]
        self.assertEqual(dates, sorted(dates, reverse=True))
        kinds = {event["kind"] for event in events}
        self.assertLessEqual(
            {
                "visit",
                "call",
                "message",
                "order",
                "repair",
                "ownership",
                "lead",
                "grade",
            },
            kinds,
        )
        visit = next(event for event in events if event["kind"] == "visit")
        self.assertEqual(visit["user"], "Consultant")
        self.assertEqual(visit["text"], "Said by visit")
        self.assertEqual(
            (visit["model"], visit["res_id"]), ("dealer.contact", self.log[0].id)
        )

    def test_lead_shows_grades_offers_and_contacts(self):
        kinds = [e["kind"] for e in self.read_page(self.manager, self.lead)["events"]]
        for kind in (
            *("visit", "call", "message", "order"),
            *("grade", "lead", "repair", "promise"),
        ):
            self.assertIn(kind, kinds)

    def test_car_shows_its_own_events_only(self):
        events = self.read_page(self.manager, self.car)["events"]
        self.assertEqual(
            {event["kind"] for event in events}, {"call", "repair", "ownership"}
        )

    def test_pages_follow_without_gap_or_double(self):
        whole = self.read_page(self.manager, limit=100)["events"]
        for limit in (1, 2, 3):
            paged = self.read_all(self.manager, limit=limit)
            self.assertEqual(
                [event["key"] for event in paged], [event["key"] for event in whole]
            )

    def test_pages_follow_where_many_events_share_a_moment(self):
        self.log.create(
            [
                {
                    "partner_id": self.customer.id,
                    "date": "2026-03-04 00:00:00",
                    "channel": channel,
                }
                for channel in ("visit", "phone", "phone", "sms", "email") * 2
            ]
        )
        self.env["dealer.vehicle.party"].create(
            {
                "vehicle_id": self.car.id,
                "partner_id": self.customer.id,
                "role": "driver",
                "date_from": "2026-03-04",
            }
        )
        whole = self.read_page(self.manager, limit=100)["events"]
        paged = self.read_all(self.manager, limit=2)
        self.assertEqual(
            [event["key"] for event in paged], [event["key"] for event in whole]
        )

    def test_filter_by_kind_and_car(self):
        events = self.read_page(self.manager, kinds=["repair", "call"])["events"]
        self.assertEqual({event["kind"] for event in events}, {"repair", "call"})
        events = self.read_page(self.manager, vehicle_id=self.car.id)["events"]
        self.assertEqual(
            {event["kind"] for event in events}, {"call", "repair", "ownership"}
        )

    def test_each_role_sees_what_it_may_read(self):
        own = {event["kind"] for event in self.read_page(self.consultant)["events"]}
        self.assertLessEqual({"visit", "order", "grade", "lead", "repair"}, own)
        colleague = self.make_user("colleague", "dealer_crm.group_sales_consultant")
        for user in (colleague, self.advisor, self.technician):
            kinds = {event["kind"] for event in self.read_page(user)["events"]}
            self.assertEqual(kinds, {"repair", "ownership", "promise"}, user.name)
        care = {event["kind"] for event in self.read_page(self.care)["events"]}
        self.assertLessEqual({"visit", "call", "message", "grade", "repair"}, care)
        self.assertFalse({"order", "invoice"} & care)

    def test_only_staff_reads_it(self):
        clerk = new_test_user(self.env, "test_clerk", "account.group_account_manager")
        for method in ("get_dealer_timeline", "get_dealer_overview"):
            with self.assertRaises(AccessError):
                self.call(clerk, self.customer, method, self.customer.ids)

    def test_other_branch_reads_nothing(self):
        self.customer.company_id = self.branch
        with self.assertRaises(AccessError):
            self.read_page(self.care_north)

    def test_long_history_costs_the_same_as_a_short_one(self):
        def cost():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.read_page(self.manager, limit=30)
            return self.cr.sql_log_count - before

        cost()
        short = cost()
        moment = fields.Datetime.to_datetime("2025-01-01 00:00:00")
        self.log.create(
            [
                {
                    "partner_id": self.customer.id,
                    "date": fields.Datetime.add(moment, hours=n),
                    "channel": ("visit", "phone", "wechat")[n % 3],
                }
                for n in range(500)
            ]
        )
        self.assertLessEqual(cost(), short)
        self.assertEqual(len(self.read_page(self.manager, limit=30)["events"]), 30)
