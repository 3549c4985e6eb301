# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTradeIn(DealerCrmCase):
    """The old car: appraisals, the newest offer as deduction, a sign for the grade."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_h = cls.env.ref("dealer_crm.grade_h")
        cls.grade_h.is_trade_in_hint = True
        cls.grade_c = cls.env.ref("dealer_crm.grade_c")
        cls.other = cls.make_user("other", "dealer_crm.group_sales_consultant")
        cls.lead = cls.make_lead()

    def trade_in(self, user=None, **values):
        trade_ins = self.env["dealer.trade.in"].with_user(user or self.consultant)
        defaults = {"lead_id": self.lead.id, "car_text": "Bora 2012, silver"}
        return trade_ins.create(defaults | values)

    def appraise(self, trade_in, offer, day, **values):
        lines = self.env["dealer.trade.in.appraisal"].with_user(trade_in.env.user)
        vals = {"trade_in_id": trade_in.id, "offer": offer, "date": day}
        return lines.create(vals | values)

    def test_newest_appraisal_is_the_deduction(self):
        trade_in = self.trade_in()
        self.appraise(trade_in, 30000, "2026-03-05")
        self.appraise(trade_in, 35000, "2026-03-09")
        self.appraise(trade_in, 32000, "2026-03-01")
        self.assertEqual(trade_in.latest_offer, 35000)
        lead = self.lead.with_user(self.consultant)
        self.assertEqual(lead.trade_in_offer, 35000)
        self.assertTrue(lead.has_trade_in)

    def test_two_on_one_day_the_later_entered_counts(self):
        trade_in = self.trade_in()
        self.appraise(trade_in, 30000, "2026-03-05")
        self.appraise(trade_in, 28000, "2026-03-05")
        self.assertEqual(trade_in.latest_offer, 28000)

    def test_refused_is_no_deduction(self):
        trade_in = self.trade_in()
        self.appraise(trade_in, 30000, "2026-03-05")
        trade_in.state = "refused"
        self.assertEqual(self.lead.trade_in_offer, 0)

    def test_card_of_the_old_car_names_it(self):
        car = self.make_car()
        trade_in = self.env["dealer.trade.in"].create(
            {"lead_id": self.lead.id, "vehicle_id": car.id}
        )
        self.assertEqual(trade_in.car_text, car.display_name)

    def test_in_progress_gives_the_hint_of_grade_h(self):
        lead = self.lead.with_user(self.consultant)
        lead.grade_id = self.grade_c
        self.assertFalse(lead.grade_hint)
        trade_in = self.trade_in()
        self.assertIn("grade H", lead.grade_hint)
        self.assertEqual(lead.grade_proposal_id, self.grade_h)
        lead.action_use_grade_proposal()
        self.assertEqual(lead.grade_id, self.grade_h)
        self.assertIn("old car", lead.grade_log_ids[:1].reason)
        self.assertFalse(lead.grade_hint)
        trade_in.state = "done"
        self.assertFalse(lead.is_trade_in_progress)

    def test_incomplete_lead_has_no_hint(self):
        self.trade_in()
        self.lead.phone = False
        self.assertFalse(self.lead.grade_hint)
        self.assertFalse(self.lead.grade_proposal_id)

    def test_search_finds_those_in_progress(self):
        trade_in = self.trade_in()
        leads = self.env["crm.lead"].with_user(self.consultant)
        self.assertIn(self.lead, leads.search([("is_trade_in_progress", "=", True)]))
        trade_in.state = "refused"
        found = leads.search([("is_trade_in_progress", "=", True)])
        self.assertNotIn(self.lead, found)

    def test_taken_over_the_car_is_stock_and_nobodys(self):
        owner, wife, buyer = map(self.make_customer, ("Owner", "Wife", "Buyer"))
        car = self.make_car(owner_id=owner.id, purchase_date="2020-01-01")
        driver = self.env["dealer.vehicle.party"].create(
            {"vehicle_id": car.id, "partner_id": wife.id, "role": "driver"}
        )
        trade_in = self.trade_in(vehicle_id=car.id).with_user(self.consultant)
        with self.assert_refused(UserError, "does not belong"):
            trade_in.action_take_over()
        self.lead.partner_id = owner
        trade_in.action_take_over()
        self.assertEqual(trade_in.state, "done")
        self.assertRecordValues(
            car,
            [{"owner_id": False, "trade_state": "in_stock", "origin": "trade_in"}],
        )
        self.assertEqual(str(driver.date_to), "2026-03-10")
        car._transfer_ownership(buyer, car.arrival_date)
        self.assertEqual(
            [
                line["name"]
                for line in car._get_desk_people()
                if line["name"] == "Owner"
            ],
            [],
        )
        self.assertEqual(car.owner_id, buyer)

    def test_without_card_nothing_is_taken_over(self):
        with self.assert_refused(UserError, "choose its vehicle card"):
            self.trade_in().action_take_over()

    def test_appraisal_is_history(self):
        line = self.appraise(self.trade_in(), 30000, "2026-03-05")
        with self.assert_refused(AccessError, "history"):
            line.offer = 31000
        line.note = "Scratch on the door"
        line.with_user(self.manager).offer = 31000
        with self.assert_refused(AccessError, "history"):
            self.appraise(line.trade_in_id, 1, "2026-03-06", user_id=self.other.id)

    def test_only_the_leads_consultant_sees_it(self):
        trade_in = self.trade_in()
        line = self.appraise(trade_in, 30000, "2026-03-05")
        for record in (trade_in, line):
            with self.assertRaises(AccessError):
                record.with_user(self.other).read(["display_name"])
        with self.assertRaises(AccessError):
            self.trade_in(self.other)
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_manager", self.other_branch
        )
        self.assertFalse(trade_in.with_user(stranger).search([]))

    def test_form_on_the_lead(self):
        form = Form(
            self.env["dealer.trade.in"]
            .with_user(self.consultant)
            .with_context(default_lead_id=self.lead.id)
        )
        form.car_text = "Golf 2015"
        with form.appraisal_ids.new() as line:
            line.offer = 50000
        trade_in = form.save()
        self.assertEqual(trade_in.latest_offer, 50000)
        self.assertEqual(trade_in.appraisal_ids.user_id, self.consultant)

    def test_negative_amounts_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.appraise(self.trade_in(), -1, "2026-03-05")
