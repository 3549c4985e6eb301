# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .rota_common import RotaCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFloor(RotaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.branch._get_dealer_today()

    def make_visit(self, user, **values):
        """An open visit of today, entered as the register does; just now."""
        defaults = {
            "channel": "visit",
            "direction": "in",
            "purpose": "look",
            "outcome": "reached",
            "visitor_name": "Visitor Testa",
            "user_id": user.id,
            "company_id": self.branch.id,
            "is_repeat": True,  # no turn is used by making it
        }
        visit = self.env["dealer.contact"].create(defaults | values)
        visit.user_id = user
        return visit

    def get_today(self, user=None):
        return self.call(user or self.manager, "dealer.floor", "get_today")

    def get_values(self, user=None):
        return {c["key"]: c["value"] for c in self.get_today(user)["counts"]}

    def get_block(self, key, user=None):
        blocks = {block["key"]: block for block in self.get_today(user)["blocks"]}
        return blocks[key]

    def test_open_visit_is_shown_with_its_consultant_until_it_is_over(self):
        visit = self.make_visit(self.first, vehicle_model_id=self.car_model.id)
        shown = self.get_today()["visits"]
        self.assertEqual(len(shown), 1)
        self.assertEqual(shown[0]["name"], "Visitor Testa")
        self.assertEqual(shown[0]["user"], self.first.name)
        self.assertEqual(shown[0]["state"], "waiting")
        self.assertIn("Lavida T", shown[0]["model"])
        visit.date_left = fields.Datetime.now()
        self.assertFalse(self.get_today()["visits"])

    def test_long_wait_is_red_and_being_served_is_green(self):
        visit = self.make_visit(self.first)
        self.assertEqual(self.get_today()["visits"][0]["level"], "warning")
        visit.date -= timedelta(minutes=20)
        self.assertEqual(self.get_today()["visits"][0]["level"], "danger")
        self.assertIn("20 min", self.get_today()["visits"][0]["span"])
        visit.date_served = fields.Datetime.now()
        self.assertEqual(self.get_today()["visits"][0]["level"], "success")

    def test_visit_of_yesterday_is_not_on_the_floor(self):
        self.make_visit(self.first).date -= timedelta(days=1)
        self.assertFalse(self.get_today()["visits"])
        self.assertEqual(self.get_values()["people"], 0)

    def test_counts_follow_the_counting_rule(self):
        self.make_visit(self.first, party_size=3, visitor_phone=self.next_phone())
        self.make_visit(self.second).is_repeat = False
        self.make_visit(self.third, purpose="service", party_size=2)
        self.make_visit(self.third, channel="phone", purpose="inquiry")
        self.assertEqual(
            self.get_values(),
            {
                "batches": 2,
                "first": 1,
                "repeat": 1,
                "data": 1,
                "people": 6,
                "calls": 1,
            },
        )

    def test_each_number_opens_its_records(self):
        self.make_visit(self.first, visitor_phone=self.next_phone())
        self.make_visit(self.second, purpose="service")
        contacts = self.env["dealer.contact"].with_user(self.manager)
        for count in self.get_today()["counts"]:
            found = contacts.search_count(count["action"]["domain"])
            self.assertEqual(found, {"people": 2}.get(count["key"], count["value"]))

    def test_person_with_a_visitor_is_skipped(self):
        self.make_visit(self.first)
        rotas = self.env["dealer.rota"]
        self.assertTrue(rotas._is_user_busy(self.first, self.branch))
        self.assertFalse(rotas._is_user_busy(self.second, self.branch))
        self.assertEqual(self.take(), self.second)
        self.make_visit(self.second)
        self.make_visit(self.third)
        self.assertFalse(self.take())
        self.env["dealer.contact"].search([("user_id", "=", self.first.id)]).write(
            {"date_left": fields.Datetime.now()}
        )
        self.assertEqual(self.take(), self.first)

    def test_rota_marks_the_next_turn_and_who_is_with_whom(self):
        self.make_visit(self.first)
        lines = self.get_today()["rota"]["lines"]
        self.assertEqual([line["visitor"] for line in lines], ["Visitor Testa", "", ""])
        self.assertEqual([line["is_next"] for line in lines], [False, True, False])

    def test_visitor_nobody_took_gets_the_next_turn_once(self):
        visit = self.make_visit(self.desk)
        self.assertEqual(self.get_today()["visits"][0]["user"], "")
        name = self.call(self.manager, "dealer.floor", "give_turn", visit.id)
        self.assertEqual(name, self.first.name)
        self.assertEqual(visit.user_id, self.first)
        with self.assert_refused(UserError, "has a consultant already"):
            self.call(self.manager, "dealer.floor", "give_turn", visit.id)

    def test_visitor_waits_while_everybody_is_busy(self):
        visit = self.make_visit(self.desk)
        self.rota.line_ids.state = "busy"
        with self.assert_refused(UserError, "Nobody on the rota is free"):
            self.call(self.manager, "dealer.floor", "give_turn", visit.id)
        self.assertEqual(visit.user_id, self.desk)

    def test_warning_and_missing_rota_are_said(self):
        self.assertIn("not confirmed", self.get_today()["warning"])
        self.rota.unlink()
        answer = self.get_today()
        self.assertIn("no rota", answer["warning"])
        self.assertFalse(answer["rota"])

    def test_consultant_reads_the_floor_without_the_managers_part(self):
        answer = self.get_today(self.first)
        self.assertFalse(answer["blocks"])
        changeable = [line["can_change"] for line in answer["rota"]["lines"]]
        self.assertEqual(changeable, [True, False, False])
        answer = self.get_today(self.desk)
        self.assertFalse(answer["blocks"])
        self.assertTrue(all(line["can_change"] for line in answer["rota"]["lines"]))

    def test_screen_is_for_the_showroom(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        with self.assert_refused(AccessError, "staff of the showroom"):
            self.get_today(staff)

    def test_restricted_person_is_not_named(self):
        customer = self.make_customer()
        self.make_visit(self.first, partner_id=customer.id, visitor_name=False)
        self.assertEqual(self.get_today()["visits"][0]["name"], customer.name)
        customer.is_restricted = True
        self.assertEqual(self.get_today()["visits"][0]["name"], "Visitor")

    def make_high_lead(self, days, code="h", **values):
        lead = self.make_lead(
            grade_id=self.env.ref(f"dealer_crm.grade_{code}").id, **values
        )
        lead.next_contact_date = self.today + timedelta(days=days)
        return lead

    def test_overdue_high_grade_appears_on_the_day_it_is_late(self):
        late = self.make_high_lead(-1)
        due = self.make_high_lead(0)
        self.make_high_lead(1)
        self.make_high_lead(-1, code="c")
        block = self.get_block("high")
        self.assertEqual(
            [(line["res_id"], line["level"]) for line in block["lines"]],
            [(late.id, "danger"), (due.id, "warning")],
        )
        self.assertEqual(block["level"], "danger")
        self.assertIn("overdue: 1 d", block["lines"][0]["note"])
        leads = self.env["crm.lead"].with_user(self.manager)
        self.assertEqual(leads.search_count(block["action"]["domain"]), block["value"])

    def test_uncontacted_lead_has_a_clock(self):
        lead = self.make_lead()
        now = fields.Datetime.now()
        lead.sudo().write(
            {"response_due_at": now - timedelta(minutes=90), "first_attempt_at": False}
        )
        line = self.get_block("waiting")["lines"][0]
        self.assertEqual((line["res_id"], line["level"]), (lead.id, "danger"))
        self.assertIn("1 h 30 min late", line["note"])
        lead.sudo().first_attempt_at = now
        self.assertFalse(self.get_block("waiting")["lines"])

    def test_entry_rate_and_traffic_that_is_not_entered(self):
        self.assertEqual(self.get_block("entry")["value"], "–")
        lead = self.make_lead()
        self.make_visit(self.first, lead_id=lead.id)
        open_visit = self.make_visit(self.second, visitor_phone=self.next_phone())
        block = self.get_block("entry")
        self.assertEqual(block["value"], "50%")
        self.assertEqual([x["res_id"] for x in block["lines"]], open_visit.ids)

    def test_cost_does_not_grow_with_visitors_and_leads(self):
        costs = []
        for count in (3, 25):
            for _ in range(count):
                self.make_visit(self.first, visitor_phone=self.next_phone())
                self.make_high_lead(-1)
            for _ in range(2):  # the second time all caches are warm
                self.env.flush_all()
                self.env.invalidate_all()
                self.get_today()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get_today()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
