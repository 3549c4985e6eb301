# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import ForeignKeyViolation, UniqueViolation

from .common import NOW, TODAY, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleOwner(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.make_customer("First Owner")
        cls.second = cls.make_customer("Second Owner")

    def make_owned_car(self, **values):
        return self.make_car(
            owner_id=self.first.id,
            purchase_date="2020-05-01",
            purchase_price=120000,
            **values,
        ).with_user(self.consultant)

    def make_line(self, car, partner, **values):
        return self.env["dealer.vehicle.party"].create(
            {"vehicle_id": car.id, "partner_id": partner.id, "role": "owner", **values}
        )

    def test_owner_of_a_new_card_gets_an_open_line(self):
        car = self.make_owned_car()
        self.assert_owner_lines(car, [(self.first, "2020-05-01", False)])
        self.assertEqual(car.party_ids.price, 120000)

    def test_card_with_owner_is_a_customers_car(self):
        car = self.env["fleet.vehicle"].create(
            {"model_id": self.car_model.id, "owner_id": self.first.id}
        )
        self.assertEqual(car.trade_state, "customer")

    def test_new_owner_ends_the_line_of_the_former(self):
        car = self.make_owned_car()
        car.write(
            {
                "owner_id": self.second.id,
                "purchase_date": "2025-09-30",
                "purchase_price": 60000,
            }
        )
        self.assert_owner_lines(
            car,
            [
                (self.first, "2020-05-01", "2025-09-30"),
                (self.second, "2025-09-30", False),
            ],
        )
        self.assertEqual(car.party_ids.sorted("id").mapped("price"), [120000, 60000])

    def test_new_owner_without_a_date_takes_over_today(self):
        car = self.make_owned_car()
        car.owner_id = self.second
        self.assert_owner_lines(
            car,
            [(self.first, "2020-05-01", TODAY), (self.second, TODAY, False)],
        )
        self.assertEqual((str(car.purchase_date), car.purchase_price), (TODAY, 0))

    def test_same_owner_written_again_changes_nothing(self):
        car = self.make_owned_car()
        car.write({"owner_id": self.first.id})
        self.assert_owner_lines(car, [(self.first, "2020-05-01", False)])
        self.assertEqual(car.purchase_price, 120000)

    def test_several_cars_written_at_once_each_get_their_lines(self):
        sold, same = self.make_owned_car(), self.make_owned_car()
        same.write({"owner_id": self.second.id, "purchase_date": "2024-01-01"})
        (sold + same).write({"owner_id": self.second.id})
        self.assertEqual(str(sold.purchase_date), TODAY)
        self.assertEqual(str(same.purchase_date), "2024-01-01")
        self.assertEqual(len(same.party_ids), 2)

    def test_owner_taken_away_ends_the_line_today(self):
        car = self.make_owned_car()
        car.write({"owner_id": False, "trade_state": "in_stock"})
        self.assert_owner_lines(car, [(self.first, "2020-05-01", TODAY)])

    def test_new_owner_before_the_former_bought_is_refused(self):
        car = self.make_owned_car()
        with self.assert_refused(ValidationError, "overlap"):
            car.write({"owner_id": self.second.id, "purchase_date": "2019-01-01"})

    def test_corrected_date_and_price_reach_the_line(self):
        car = self.make_owned_car()
        car.write({"purchase_date": "2020-05-02", "purchase_price": 119000})
        self.assert_owner_lines(car, [(self.first, "2020-05-02", False)])
        self.assertEqual(car.party_ids.price, 119000)

    def test_open_line_makes_the_owner(self):
        car = self.make_car(trade_state="in_stock")
        self.make_line(car, self.second, date_from="2026-02-01", price=99000)
        self.assertRecordValues(
            car,
            [
                {
                    "owner_id": self.second.id,
                    "purchase_date": self.env["fleet.vehicle"]
                    ._fields["purchase_date"]
                    .to_date("2026-02-01"),
                    "purchase_price": 99000,
                }
            ],
        )
        self.assertEqual(len(car.party_ids), 1)

    def test_line_corrected_reaches_the_card(self):
        car = self.make_owned_car()
        car.party_ids.write({"date_from": "2020-05-03", "price": 118000})
        self.assertEqual(
            (str(car.purchase_date), car.purchase_price), ("2020-05-03", 118000)
        )
        car.party_ids.partner_id = self.second
        self.assertEqual(car.owner_id, self.second)
        self.assertEqual(len(car.party_ids), 1)

    def test_line_ended_or_deleted_leaves_no_owner(self):
        car = self.make_owned_car()
        car.party_ids.date_to = "2026-01-01"
        self.assertFalse(car.owner_id)
        car.party_ids.date_to = False
        self.assertEqual(car.owner_id, self.first)
        with self.assertRaises(AccessError):
            car.party_ids.unlink()
        car.party_ids.with_user(self.manager).unlink()
        self.assertFalse(car.owner_id)

    def test_owner_cannot_leave_in_the_future(self):
        car = self.make_owned_car()
        with self.assert_refused(
            ValidationError, "First Owner cannot end in the future"
        ):
            car.party_ids.date_to = "2026-04-01"
        car.write({"owner_id": self.second.id, "purchase_date": "2026-04-01"})
        self.assertEqual(car.owner_id, self.second)
        car.party_ids.filtered("date_to").date_to = "2026-03-31"

    def test_switches_of_the_program_are_not_for_clients(self):
        car = self.make_owned_car()
        self.call(
            self.consultant,
            self.env["fleet.vehicle"].with_context(dealer_owner_from_party=True),
            "write",
            car.ids,
            {"owner_id": self.second.id},
        )
        self.assertEqual(len(car.party_ids), 2)
        line = car.party_ids.filtered(lambda p: not p.date_to)
        self.call(
            self.consultant,
            self.env["dealer.vehicle.party"].with_context(
                dealer_owner_from_vehicle=True
            ),
            "write",
            line.ids,
            {"partner_id": self.first.id},
        )
        self.assertEqual(car.owner_id, self.first)

    def test_role_on_a_company_car_does_not_change_its_owner(self):
        car = self.make_car(trade_state=False)
        lines = self.env["dealer.vehicle.party"].with_user(self.consultant)
        with self.assertRaises(AccessError):
            lines.create({"vehicle_id": car.id, "partner_id": self.first.id})

    def test_owner_becomes_a_customer(self):
        partner, stranger, driver = self.env["res.partner"].create(
            [
                {"name": "Buyer", "phone": "+86 138-0013-8000"},
                {"name": "Without phone"},
                {"name": "Leasing", "phone": "see website"},
            ]
        )
        car = self.make_owned_car()
        for owner in (stranger, driver, partner):
            car.owner_id = owner
        self.assertRecordValues(
            partner + stranger + driver,
            [
                {"file_state": "draft", "phone": "13800138000"},
                {"file_state": False, "phone": False},
                {"file_state": False, "phone": "see website"},
            ],
        )
        self.assertTrue(partner.ref)

    def test_owner_of_a_line_becomes_a_customer(self):
        partner = self.env["res.partner"].create(
            {"name": "Buyer", "phone": "13800138000"}
        )
        self.make_line(self.make_car(), partner)
        self.assertEqual(partner.file_state, "draft")

    def test_demo_car_of_the_branch_makes_no_customer(self):
        self.branch.partner_id.phone = "13800138000"
        self.make_car(trade_state="demo", owner_id=self.branch.partner_id.id)
        self.assertFalse(self.branch.partner_id.file_state)

    def test_other_roles_do_not_make_an_owner(self):
        car = self.make_owned_car()
        self.make_line(car, self.second, role="driver")
        self.assertEqual(car.owner_id, self.first)
        self.assertFalse(car.driver_id)

    def test_second_open_owner_is_refused_by_the_database(self):
        car = self.make_owned_car()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as error:
            self.make_line(car, self.second, date_from=TODAY)
        self.assertIn("_owner_uniq", str(error.exception))

    def test_former_owners_that_overlap_are_refused(self):
        car = self.make_car()
        self.make_line(car, self.first, date_from="2015-01-01", date_to="2018-01-01")
        with self.assert_refused(ValidationError, "overlap on 2017-06-01"):
            self.make_line(
                car, self.second, date_from="2017-06-01", date_to="2019-01-01"
            )
        with self.assert_refused(ValidationError, "overlap on 2017-06-01"):
            self.make_line(car, self.second, date_from="2017-06-01")

    def test_former_owners_without_a_beginning_are_possible(self):
        car = self.make_owned_car()
        lines = [
            self.make_line(car, self.first, date_from=False, date_to="2015-01-01"),
            self.make_line(car, self.second, date_from=False, date_to="2018-01-01"),
        ]
        self.assertEqual(len(car.party_ids - lines[0] - lines[1]), 1)

    def test_former_owner_is_listed_with_the_end(self):
        car = self.make_owned_car()
        car.write({"owner_id": self.second.id, "purchase_date": "2025-09-30"})
        purchase = self.first.with_user(self.consultant).purchase_ids
        self.assertEqual(
            (
                purchase.vin_sn,
                str(purchase.date_from),
                str(purchase.date_to),
                purchase.price,
                purchase.is_current,
            ),
            (car.vin_sn, "2020-05-01", "2025-09-30", 120000, False),
        )
        self.assertFalse(self.first.vehicle_ids)
        self.assertEqual(self.first.vehicle_count, 1)
        self.assertEqual(self.second.vehicle_ids.ids, car.ids)

    def test_purchases_of_a_customer_with_contract(self):
        order = self.env["sale.order"].create({"partner_id": self.first.id})
        car = self.make_owned_car()
        car.party_ids.sale_order_id = order
        action = self.first.with_user(self.consultant).action_view_dealer_vehicles()
        found = self.env["fleet.vehicle"].search(action["domain"])
        self.assertEqual(found.ids, car.ids)
        self.assertEqual(self.first.purchase_ids.sale_order_id, order)

    def test_card_form_changes_the_owner(self):
        car = self.make_owned_car()
        with Form(car, view="dealer_crm.fleet_vehicle_view_form") as form:
            form.owner_id = self.second
            form.purchase_date = "2025-12-24"
        self.assert_owner_lines(
            car,
            [
                (self.first, "2020-05-01", "2025-12-24"),
                (self.second, "2025-12-24", False),
            ],
        )

    def test_lines_entered_on_the_card(self):
        car = self.make_owned_car()
        car.write(
            {
                "party_ids": [
                    Command.create({"partner_id": self.second.id, "role": "bringer"})
                ]
            }
        )
        self.assertEqual(set(car.party_ids.mapped("role")), {"owner", "bringer"})
        self.assertEqual(car.owner_id, self.first)

    def test_owner_cannot_be_deleted(self):
        self.make_owned_car()
        with mute_logger("odoo.sql_db"), self.assertRaises(ForeignKeyViolation):
            self.first.unlink()
