# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
class TestOverview(AftersalesCase):
    """The customer in five seconds, and the desk card (CUS-09, CUS-37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car.write({"warranty_end_date": "2027-05-06", "odometer": 12345})
        cls.sold = cls.make_car(
            owner_id=cls.customer.id,
            license_plate="苏A54321",
            purchase_date="2020-01-02",
        )
        cls.sold.write({"owner_id": cls.make_customer("Qian Buyer").id})

    def get_overview(self, user):
        return self.customer.with_user(user).get_dealer_overview()

    def get_card(self, user, *ids):
        return self.env["dealer.reception"].with_user(user).get_desk_card(*ids)

    def test_present_and_sold_car_with_roles_and_dates(self):
        overview = self.get_overview(self.consultant)
        self.assertEqual(overview["car_count"], 2)
        present, sold = overview["cars"]
        self.assertEqual((present["plate"], present["is_current"]), ("苏A12345", True))
        self.assertIn("12,345 km", [fact[1] for fact in present["facts"]])
        self.assertEqual((sold["plate"], sold["is_current"]), ("苏A54321", False))
        self.assertTrue(sold["roles"][0]["until"])
        self.assertEqual(sold["roles"][0]["role"], "Owner")

    def test_many_cars_and_plans_cost_the_same_as_few(self):
        def cost():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.get_overview(self.manager)
            return self.cr.sql_log_count - before

        def add(count):
            for _index in range(count):
                self.make_car(owner_id=self.customer.id, odometer=1000)
                self.make_lead(partner_id=self.customer.id)
                self.make_repair()

        add(2)
        cost()
        few = cost()
        add(8)
        cost()  # new records empty caches that have nothing to do with their number
        self.assertLessEqual(cost(), few)

    @freeze_time(NOW)
    def test_what_is_open_and_planned(self):
        lead = self.make_lead(
            partner_id=self.customer.id, next_contact_date="2026-03-09"
        )
        repair = self.make_repair()
        callback = self.make_callback()
        overview = self.get_overview(self.manager)
        behind = {(line["model"], line["res_id"]) for line in overview["now"]}
        self.assertLessEqual(
            {("crm.lead", lead.id), ("repair.order", repair.id)}, behind
        )
        planned = {(line["model"], line["res_id"]) for line in overview["next"]}
        self.assertLessEqual(
            {("crm.lead", lead.id), ("dealer.callback", callback.id)}, planned
        )
        dates = [line["date"] for line in overview["next"]]
        self.assertEqual(dates, sorted(dates))
        late = next(line for line in overview["now"] if line["model"] == "crm.lead")
        self.assertEqual(late["level"], "danger")

    def test_staff_without_sales_sees_no_lead(self):
        self.make_lead(partner_id=self.customer.id, next_contact_date="2026-03-09")
        for user in (self.technician, self.advisor):
            overview = self.get_overview(user)
            lines = overview["now"] + overview["next"]
            self.assertFalse([x for x in lines if x["model"] == "crm.lead"], user.name)

    def test_balance_is_for_those_who_read_invoices(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [(0, 0, {"name": "Car", "price_unit": 100})],
            }
        )
        move.action_post()
        clerk = self.make_user(
            "desk_clerk",
            "dealer_crm.group_dealer_user,account.group_account_invoice",
        )
        texts = [line["text"] for line in self.get_overview(clerk)["now"]]
        self.assertTrue([text for text in texts if "100" in text])
        texts = [line["text"] for line in self.get_overview(self.technician)["now"]]
        self.assertFalse([text for text in texts if "100" in text])

    def test_refused_advertising_is_marked(self):
        consents = self.env["dealer.consent"]
        for state, date in (("given", "2026-01-01"), ("withdrawn", "2026-02-01")):
            consents.create(
                {
                    "partner_id": self.customer.id,
                    "channel": "call",
                    "state": state,
                    "date": date,
                }
            )
        marks = self.get_overview(self.consultant)["marks"]
        # what is offered to the customer is green and no warning
        warnings = [mark["level"] for mark in marks if mark["level"] != "success"]
        self.assertEqual(warnings, ["danger"])

    def test_desk_card_of_a_car(self):
        card = self.get_card(self.advisor, self.customer.id, self.car.id)
        self.assertEqual(card["who"]["name"], "Li Owner")
        self.assertEqual(card["cars"][0]["plate"], "苏A12345")
        self.assertEqual([p["role"] for p in card["people"]], ["Owner"])
        keys = [action["key"] for action in card["actions"]]
        self.assertEqual(keys[:2], ["repair", "book"])
        action = card["actions"][0]["action"]
        self.assertEqual(action["context"]["default_vehicle_id"], self.car.id)

    def test_desk_card_knows_the_car_of_the_person(self):
        card = self.get_card(self.consultant, self.customer.id)
        self.assertEqual([car["id"] for car in card["cars"]], self.car.ids)
        keys = [action["key"] for action in card["actions"]]
        self.assertNotIn("repair", keys)  # a consultant opens no order

    def test_desk_asks_which_of_several_cars_is_here(self):
        second = self.make_car(owner_id=self.customer.id, license_plate="苏A77777")
        card = self.get_card(self.advisor, self.customer.id)
        self.assertEqual({car["id"] for car in card["cars"]}, {self.car.id, second.id})
        self.assertNotIn("repair", [action["key"] for action in card["actions"]])
        card = self.get_card(self.advisor, self.customer.id, second.id)
        self.assertEqual([car["id"] for car in card["cars"]], second.ids)
        self.assertIn("repair", [action["key"] for action in card["actions"]])

    def test_desk_card_of_a_prospect_and_of_a_car_without_owner(self):
        lead = self.make_lead(contact_name="Sima Newa")
        card = self.get_card(self.consultant, False, False, lead.id)
        self.assertEqual(card["who"]["name"], "Sima Newa")
        stock = self.make_car(trade_state="in_stock", license_plate="苏A99999")
        card = self.get_card(self.consultant, False, stock.id)
        self.assertEqual(card["cars"][0]["plate"], "苏A99999")

    def test_desk_card_shows_the_last_three_contacts(self):
        contacts = self.env["dealer.contact"].create(
            [{"partner_id": self.customer.id, "content": str(n)} for n in range(5)]
        )
        card = self.get_card(self.consultant, self.customer.id)
        self.assertEqual(
            [event["res_id"] for event in card["contacts"]], contacts.ids[:1:-1]
        )

    def test_desk_card_of_a_restricted_person_is_refused(self):
        self.customer.sudo().is_restricted = True
        with self.assertRaises(AccessError):
            self.get_card(self.consultant, self.customer.id)

    def test_desk_card_of_another_branch_is_refused(self):
        self.customer.company_id = self.branch
        self.car.company_id = self.branch
        for ids in ((self.customer.id,), (False, self.car.id)):
            with self.assertRaises(AccessError):
                self.get_card(self.care_north, *ids)

    def test_advisors_enter_somebody_unknown_in_one_dialog(self):
        reception = self.env["dealer.reception"].with_user(self.advisor)
        button = reception.get_answer("138 0013 8001")["new"][0]
        self.assertEqual(button["key"], "unknown_car")
        self.assertEqual(button["action"]["target"], "new")
        self.assertEqual(button["action"]["context"], {"default_phone": "13800138001"})

    def test_what_was_typed_fills_what_is_new(self):
        reception = self.env["dealer.reception"].with_user(self.consultant)
        for text, key, name, value in (
            ("138 0013 8001", "customer", "default_phone", "13800138001"),
            ("Wang Neua", "customer", "default_name", "Wang Neua"),
            ("Wang Neua", "lead", "default_contact_name", "Wang Neua"),
            ("粤b·9z9z9", "customer_car", "default_license_plate", "粤B9Z9Z9"),
        ):
            answer = reception.get_answer(text)
            self.assertEqual(answer["hits"], [], text)
            actions = {button["key"]: button["action"] for button in answer["new"]}
            self.assertEqual(actions[key]["context"][name], value, text)
