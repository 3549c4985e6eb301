# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import NOW
from .common_visit import TEN, VisitCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceOptions(VisitCase):
    """VIPs get the option, others do not; by form, RPC and import alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        options = cls.env["dealer.service.option"]
        options.search([]).active = False
        cls.wash = options.create({"name": "Wash"})
        cls.pickup = options.create(
            {"name": "Fetch", "min_class": "vip", "needs_address": True}
        )
        cls.lounge = options.create({"name": "Lounge", "min_class": "loyal"})

    def set_class(self, name, customer=None):
        customer = customer or self.customer
        customer.sudo().write({"customer_class": name})

    def test_everybody_gets_what_has_no_class(self):
        for name in (False, "prospect", "vip"):
            self.set_class(name)
            visit = self.make_visit(start=False, option_ids=self.wash.ids)
            self.assertEqual(visit.option_ids, self.wash)

    def test_option_of_a_better_class_is_refused(self):
        for name in (False, "prospect", "new"):
            self.set_class(name)
            with self.assert_refused(ValidationError, "Lounge is offered .*Loyal"):
                self.make_visit(option_ids=self.lounge.ids)
        self.set_class("loyal")
        visit = self.make_visit(option_ids=self.lounge.ids)
        with self.assert_refused(ValidationError, "Fetch is offered .*VIP"):
            self.call(
                self.advisor,
                visit,
                "write",
                visit.ids,
                {"option_ids": [(4, self.pickup.id)], "pickup_address": "Road 1"},
            )
        self.set_class("vip")
        visit.write({"option_ids": [(4, self.pickup.id)], "pickup_address": "Road 1"})
        self.assertIn(self.pickup, visit.option_ids)

    def test_class_of_the_owner_counts_for_who_books(self):
        self.set_class("vip")
        driver = self.make_customer("Driver Testa")
        visit = self.make_visit(partner_id=driver.id, option_ids=self.lounge.ids)
        self.assertEqual(visit.option_ids, self.lounge)

    def test_fetching_needs_an_address(self):
        self.set_class("vip")
        with self.assert_refused(ValidationError, "Fetch needs the address"):
            self.make_visit(option_ids=self.pickup.ids)
        self.customer.write({"street": "Zhongshan Road 8", "city": "Nanjing"})
        with Form(self.env["dealer.appointment"].with_user(self.advisor)) as form:
            form.vehicle_id = self.car
            form.option_ids.add(self.pickup)
            self.assertIn("Zhongshan Road 8", form.pickup_address)

    def test_order_takes_the_options_over_and_keeps_the_rule(self):
        self.set_class("vip")
        visit = self.make_visit(
            option_ids=self.pickup.ids, pickup_address="Road 1", pickup_date=TEN
        )
        visit.action_arrive()
        repair = visit.repair_id
        self.assertEqual(repair.option_ids, self.pickup)
        self.assertEqual(repair.pickup_address, "Road 1")
        flags = [text for code, text, _l in repair._get_board_flags()[repair.id]]
        self.assertIn("Fetch", flags)
        hints = {hint["code"]: hint["text"] for hint in repair._get_order_hints()}
        self.assertIn("Road 1", hints["options"])
        self.assertEqual(hints["offer"], "Lounge")
        self.set_class("new")
        with self.assert_refused(ValidationError, "Lounge is offered"):
            repair.write({"option_ids": [(4, self.lounge.id)]})

    def test_what_was_promised_holds(self):
        self.set_class("vip")
        visit = self.make_visit(option_ids=self.lounge.ids)
        self.set_class("new")
        visit.action_arrive()
        self.assertEqual(visit.repair_id.option_ids, self.lounge)

    def test_desk_tells_what_to_offer(self):
        for name, told in ((False, False), ("new", False), ("vip", True)):
            self.set_class(name)
            marks = self.customer.with_user(self.advisor)._get_desk_marks()
            texts = [mark["text"] for mark in marks]
            self.assertEqual("Offer: Fetch, Lounge" in texts, told, name)

    def test_flags_of_the_board_do_not_ask_per_order(self):
        counts = []
        for count in (5, 50):
            repairs = self.make_repairs(count, delivered="2026-03-09 04:00:00")
            repairs.option_ids = self.wash
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            repairs._get_board_flags()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_only_managers_edit_the_list(self):
        for user in (self.advisor, self.care, self.technician):
            with self.assert_refused(AccessError, "Service Option"):
                self.wash.with_user(user).name = "Free wash"
        self.wash.with_user(self.service_manager).min_class = "loyal"
        self.assertEqual(self.wash.min_class, "loyal")
