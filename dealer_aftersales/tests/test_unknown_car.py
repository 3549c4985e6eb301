# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUnknownCar(AftersalesCase):
    """The first visit of a car that was not sold here."""

    def dialog(self, user=None, repair=None):
        wizards = self.env["dealer.unknown.car"].with_user(user or self.advisor)
        context = repair.action_unknown_car()["context"] if repair else {}
        return Form(wizards.with_context(**context))

    def fill(self, form, **values):
        defaults = {
            "vin_sn": self.next_vin(),
            "license_plate": "苏B54321",
            "model_id": self.car_model,
            "phone": self.next_phone(),
            "name": "Sun Stranger",
        }
        for name, value in (defaults | values).items():
            if value is not None:
                setattr(form, name, value)
        return form.save()

    def confirm(self, wizard):
        action = wizard.action_confirm()
        return self.env["repair.order"].browse(action["res_id"])

    def count(self):
        models = ("res.partner", "fleet.vehicle", "repair.order")
        return [self.env[model].search_count([]) for model in models]

    def test_one_dialog_makes_customer_car_and_order(self):
        wizard = self.fill(
            self.dialog(),
            odometer=23000,
            concern="Noise in front",
            phone="138 0013 8000",
        )
        repair = self.confirm(wizard).sudo()
        car = repair.vehicle_id
        self.assertRecordValues(
            car,
            [
                {
                    "origin": "other_dealer",
                    "trade_state": "customer",
                    "license_plate": "苏B54321",
                    "advisor_id": self.advisor.id,
                    "odometer": 23000,
                }
            ],
        )
        self.assertEqual(car.owner_id, repair.partner_id)
        self.assertEqual(car.owner_id.name, "Sun Stranger")
        self.assertEqual(car.owner_id.phone, "13800138000")
        self.assertEqual(car.owner_id.file_state, "draft")
        self.assertEqual(repair.advisor_id, self.advisor)
        self.assertEqual(repair.concern_ids.name, "Noise in front")

    def test_dialog_from_an_order_fills_that_order(self):
        repair = self.make_repair(vehicle_id=False, partner_id=False)
        repair = repair.with_user(self.advisor)
        wizard = self.fill(self.dialog(repair=repair), odometer=500)
        action = wizard.action_confirm()
        self.assertEqual(action["type"], "ir.actions.act_window_close")
        self.assertEqual(repair.vehicle_id.origin, "other_dealer")
        self.assertEqual(repair.partner_id, repair.vehicle_id.owner_id)
        self.assertEqual(repair.odometer_in, 500)
        with self.assertRaisesRegex(UserError, repair.name):
            wizard.action_confirm()

    def test_known_vin_is_recognised_in_any_spelling(self):
        before = self.count()
        with self.dialog() as form:
            form.vin_sn = f" {self.car.vin_sn.lower()}"
            self.assertEqual(form.vehicle_id, self.car)
            self.assertEqual(form.partner_id, self.customer)
        repair = self.confirm(form.record)
        self.assertEqual(repair.vehicle_id, self.car)
        self.assertEqual(self.count(), [before[0], before[1], before[2] + 1])

    def test_corrected_vin_lets_the_wrong_car_go(self):
        form = self.dialog()
        form.vin_sn = self.car.vin_sn
        form.vin_sn = self.next_vin()
        self.assertFalse(form.vehicle_id)

    def test_plate_phone_and_tail_propose_without_choosing(self):
        typed = {
            "license_plate": "A12345",
            "phone": self.customer.phone,
            "vin_sn": self.car.vin_sn[-6:],
        }
        for name, value in typed.items():
            with self.subTest(typed=name):
                form = self.dialog()
                setattr(form, name, value)
                self.assertEqual(form.found_vehicle_ids[:], self.car)
                self.assertFalse(form.vehicle_id)
        self.assertEqual(form._values["model_id"], False)

    def test_chosen_customer_gets_the_new_car(self):
        form = self.dialog()
        form.phone = self.customer.phone
        self.assertEqual(form.found_partner_ids[:], self.customer)
        form.partner_id = self.customer
        wizard = self.fill(form, phone=None, name=None)
        repair = self.confirm(wizard)
        self.assertEqual(repair.partner_id, self.customer)
        self.assertEqual(len(self.customer.vehicle_ids), 2)

    def test_known_car_without_vin_is_completed(self):
        car = self.make_car(owner_id=self.customer.id, license_plate="苏B99999")
        car.vin_sn = False
        vin = self.next_vin()
        form = self.dialog()
        form.license_plate = "苏B99999"
        form.vehicle_id = car
        form.vin_sn = vin
        self.confirm(form.save())
        self.assertEqual(car.vin_sn, vin)
        self.assertEqual(car.owner_id, self.customer)

    def test_model_of_another_brand_is_added_once(self):
        for plate in ("苏B00001", "苏B00002"):
            wizard = self.fill(
                self.dialog(),
                model_id=None,
                model_name="Strangebrand/Comet",
                license_plate=plate,
            )
            self.confirm(wizard)
        models = self.env["fleet.vehicle.model"].search([("name", "=", "Comet")])
        self.assertEqual(len(models), 1)
        self.assertEqual(models.brand_id.name, "Strangebrand")
        wizard = self.fill(self.dialog(), model_id=None, model_name="Comet")
        with self.assertRaisesRegex(UserError, "Other Model"):
            wizard.action_confirm()

    def test_wrong_number_leaves_nothing_behind(self):
        for values, pattern in (
            ({"vin_sn": "LSVAA49J1A2123456"}, "VIN LSVAA49J1A2123456"),
            ({"phone": "12345"}, "Phone: 12345"),
            ({"license_plate": "A1", "plate_kind": "ordinary"}, "License Plate: A1"),
        ):
            with self.subTest(values=values):
                before = self.count()
                wizard = self.fill(self.dialog(), **values)
                with self.assert_refused(ValidationError, pattern):
                    wizard.action_confirm()
                self.assertEqual(self.count(), before)

    def test_second_dialog_with_the_same_vin_is_refused(self):
        vin = self.next_vin()
        one = self.fill(self.dialog(), vin_sn=vin)
        two = self.fill(self.dialog(), vin_sn=vin, license_plate="苏B00003")
        self.confirm(one)
        before = self.count()
        with self.assert_refused(ValidationError, "belongs to the car"):
            two.action_confirm()
        self.assertEqual(self.count(), before)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_dialog_is_for_advisors(self):
        for user in (self.technician, self.consultant, self.care):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["dealer.unknown.car"].with_user(user).create({})

    def test_incomplete_calls_over_rpc_are_told_what_is_missing(self):
        wizards = self.env["dealer.unknown.car"].with_user(self.advisor)
        for values, pattern in (
            ({}, "VIN, License Plate"),
            ({"license_plate": "苏B00004"}, "Model"),
            ({"license_plate": "苏B00004", "model_id": self.car_model.id}, "Customer"),
        ):
            with (
                self.subTest(pattern=pattern),
                self.assertRaisesRegex(UserError, pattern),
            ):
                wizards.create(values).action_confirm()
