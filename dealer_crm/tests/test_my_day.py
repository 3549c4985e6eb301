# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMyDay(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.branch._get_dealer_today()

    def make_due(self, days, **values):
        lead = self.make_lead(**values)
        lead.next_contact_date = self.today + timedelta(days=days)
        return lead

    def get_day(self, user=None, user_id=False):
        return self.call(user or self.consultant, "dealer.my.day", "get_day", user_id)

    def get_cards(self, key, **kwargs):
        columns = {c["key"]: c for c in self.get_day(**kwargs)["columns"]}
        return columns[key]["cards"]

    def get_ids(self, key, **kwargs):
        return [card["res_id"] for card in self.get_cards(key, **kwargs)]

    def test_exactly_what_is_due_today_or_late_is_shown(self):
        late, due, _later = (self.make_due(days) for days in (-2, 0, 1))
        self.assertEqual(self.get_ids("overdue"), late.ids)
        self.assertEqual(self.get_ids("today"), due.ids)

    def test_leads_of_others_closed_and_dormant_ones_are_left_out(self):
        self.make_due(0, user_id=self.manager.id)
        self.make_due(0).action_set_lost()
        self.make_due(0).sudo().dormant_on = self.today
        self.assertFalse(self.get_ids("today"))

    def test_key_lead_comes_first(self):
        old, key = self.make_due(-5), self.make_due(-1)
        key.is_key_follow_up = True
        key.next_contact_date = self.today - timedelta(days=1)
        self.assertEqual(self.get_ids("overdue"), [key.id, old.id])
        self.assertTrue(self.get_cards("overdue")[0]["is_key"])

    def test_card_says_what_one_needs_for_the_call(self):
        lead = self.make_lead(grade_id=self.env.ref("dealer_crm.grade_b").id)
        self.log_contact(lead, content="Compares\nprices with a rival")
        self.log_contact(lead, outcome="not_reached")
        lead.next_contact_date = self.today
        lead.next_contact_purpose = "quote"
        card = self.get_cards("today")[0]
        self.assertEqual(card["name"], "Zhao Testa")
        self.assertEqual(card["phone"], lead.phone)
        self.assertEqual(card["grade"], "B")
        self.assertIn("Lavida T", card["car"])
        self.assertIn("Not reached", card["last"])
        self.assertEqual((card["due"], card["level"]), ("Today", "warning"))
        labels = dict(
            lead._fields["next_contact_purpose"]._description_selection(self.env)
        )
        self.assertIn(labels["quote"], card["purpose"])

    def test_last_words_are_one_short_line(self):
        lead = self.make_lead()
        self.log_contact(lead, content="Compares\nprices " + "very " * 50)
        lead.next_contact_date = self.today
        last = self.get_cards("today")[0]["last"]
        self.assertIn("Compares prices", last)
        self.assertLess(len(last), 90)
        self.assertTrue(last.endswith("…"))

    def test_logged_contact_takes_the_card_away(self):
        lead = self.make_due(0)
        self.log_contact(lead, outcome="reached", content="Comes on Sunday")
        self.assertFalse(self.get_ids("today"))
        figure = self.get_day()["header"]["figures"][0]
        self.assertEqual((figure["done"], figure["plan"]), (1, 1))

    def test_figure_counts_what_is_done_of_what_is_due(self):
        self.make_due(-1)
        self.make_due(0)
        self.log_contact(self.make_due(0), content="Talked about colours")
        figure = self.get_day()["header"]["figures"][0]
        self.assertEqual((figure["done"], figure["plan"]), (1, 3))

    def make_event(self, start, lead, user=None):
        user = user or self.consultant
        return self.env["calendar.event"].create(
            {
                "name": "Test drive",
                "start": start,
                "stop": start + timedelta(hours=1),
                "opportunity_id": lead.id,
                "user_id": user.id,
                "partner_ids": [Command.set(user.partner_id.ids)],
            }
        )

    def test_appointments_are_those_of_today(self):
        lead = self.make_due(3)
        start = self.branch._get_dealer_day_start(self.today)
        today = self.make_event(start + timedelta(hours=14), lead)
        self.make_event(start - timedelta(hours=1), lead)
        self.make_event(start + timedelta(hours=24), lead)
        self.make_event(start + timedelta(hours=9), lead, self.manager)
        cards = self.get_cards("appointments")
        self.assertEqual([card["res_id"] for card in cards], today.ids)
        self.assertEqual(cards[0]["due"], "14:00")
        self.assertEqual(cards[0]["lead_id"], lead.id)

    def make_promise(self, days, **values):
        defaults = {
            "name": "Tell the price of the old car",
            "user_id": self.consultant.id,
            "date_due": self.today + timedelta(days=days),
            "company_id": self.branch.id,
        }
        return self.env["dealer.promise"].create(defaults | values)

    def test_promises_due_or_late_are_kept_by_one_press(self):
        lead = self.make_due(3)
        late = self.make_promise(-1, lead_id=lead.id)
        self.make_promise(1, lead_id=lead.id)
        self.make_promise(0, lead_id=lead.id, user_id=self.manager.id)
        card = self.get_cards("promises")[0]
        self.assertEqual((card["res_id"], card["level"]), (late.id, "danger"))
        self.call(
            self.consultant, card["model"], card["button"]["method"], [card["res_id"]]
        )
        self.assertEqual(late.state, "kept")
        self.assertFalse(self.get_cards("promises"))

    def test_phone_of_anothers_customer_is_hidden_on_a_promise(self):
        customer = self.make_customer(user_id=self.manager.id)
        self.make_promise(0, partner_id=customer.id)
        phone = self.get_cards("promises")[0]["phone"]
        self.assertIn("*", phone)
        self.assertNotEqual(phone, customer.phone)

    def test_manager_looks_at_a_consultants_day_and_nobody_else_does(self):
        lead = self.make_due(0)
        team = {"user": self.manager, "user_id": self.consultant.id}
        self.assertEqual(self.get_ids("today", **team), lead.ids)
        names = [user["name"] for user in self.get_day(self.manager)["users"]]
        self.assertIn(self.consultant.name, names)
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        with self.assert_refused(AccessError, "your own day"):
            self.get_day(other, self.consultant.id)
        self.assertFalse(self.get_day(other)["users"])

    def test_day_of_another_branch_is_closed(self):
        north = self.make_user(
            "north", "dealer_crm.group_sales_consultant", self.other_branch
        )
        with self.assert_refused(AccessError, "your own day"):
            self.get_day(self.manager, north.id)

    def test_screen_is_for_consultants(self):
        desk = self.make_user("desk", "dealer_crm.group_receptionist")
        with self.assert_refused(AccessError, "staff of the showroom"):
            self.get_day(desk)

    def test_own_duty_on_the_rota_is_said(self):
        self.assertFalse(self.get_day()["header"]["rota"])
        self.env["dealer.rota"].create(
            {
                "date": self.today,
                "company_id": self.branch.id,
                "line_ids": [
                    Command.create({"user_id": self.consultant.id, "position": "Door"})
                ],
            }
        )
        duty = self.get_day()["header"]["rota"]
        self.assertTrue(duty["is_next"])
        self.assertIn("Door", duty["text"])

    def test_managers_words_stand_above_the_cards(self):
        self.env["dealer.daily.brief"].create(
            {
                "date": self.today,
                "company_id": self.branch.id,
                "user_id": self.manager.id,
                "arrangement": "Call all H customers before noon",
            }
        )
        texts = [message["text"] for message in self.get_day()["header"]["messages"]]
        self.assertEqual(texts, ["Call all H customers before noon"])

    def test_long_list_shows_eighty_and_says_how_many_more(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "type": "opportunity",
                    "user_id": self.consultant.id,
                    "company_id": self.branch.id,
                    "next_contact_date": self.today - timedelta(days=1),
                }
                for number in range(85)
            ]
        )
        column = self.get_day()["columns"][0]
        self.assertEqual((len(column["cards"]), column["count"]), (80, 85))
        found = self.env["crm.lead"].with_user(self.consultant)
        self.assertEqual(found.search(column["more"]["domain"]), leads)

    def test_cost_does_not_grow_with_the_cards(self):
        start = fields.Datetime.now() + timedelta(minutes=1)
        costs = []
        for count in (3, 25):
            for _ in range(count):
                lead = self.make_due(0)
                self.log_contact(lead, content="Talked about colours")
                lead.next_contact_date = self.today
                self.make_promise(0, lead_id=lead.id)
                self.make_event(start, lead)
            for _ in range(2):  # the second time all caches are warm
                self.env.flush_all()
                self.env.invalidate_all()
                self.get_day()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get_day()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
