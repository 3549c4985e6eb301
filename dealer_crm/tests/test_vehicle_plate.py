# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import DealerCrmCase

KINDS = {
    "京A12345": "ordinary",
    "粤B1C2D3": "ordinary",
    "粤BD12345": "new_energy",
    "沪AF12345": "new_energy",
    "京ADA1234": "new_energy",
    "粤B12345D": "new_energy",
    "粤B12345F": "new_energy",
    "粤Z1234港": "special",
    "京A1234学": "special",
    "京A1234警": "special",
}
REFUSED = ("京AI2345", "京AO2345", "京A1234", "京A123456", "ABC123")


@tagged("post_install", "-at_install")
class TestVehiclePlate(DealerCrmCase):
    def create_by_rpc(self, plate, **values):
        return self.env["fleet.vehicle"].browse(
            self.call(
                self.consultant,
                "fleet.vehicle",
                "create",
                {
                    "model_id": self.car_model.id,
                    "trade_state": "in_stock",
                    "license_plate": plate,
                    **values,
                },
            )
        )

    def test_vectors_get_their_kind(self):
        for plate, kind in KINDS.items():
            car = self.create_by_rpc(plate)
            self.assertEqual((car.license_plate, car.plate_kind), (plate, kind))

    def test_vectors_get_their_kind_in_import(self):
        for plate, kind in KINDS.items():
            car, messages = self.enter_by_import(
                self.consultant,
                "fleet.vehicle",
                {"model_id": "Testbrand/Lavida T", "license_plate": plate},
                default_trade_state="in_stock",
            )
            self.assertFalse(messages)
            self.assertEqual((car.license_plate, car.plate_kind), (plate, kind))

    def test_spellings_become_one(self):
        for text in ("粤B·12345", "粤b 12345", "粤B-12345", "粤Ｂ１２３４５"):
            self.assertEqual(self.create_by_rpc(text).license_plate, "粤B12345", text)

    def test_wrong_plates_are_refused(self):
        for plate in REFUSED:
            with self.assert_refused(ValidationError, f"License Plate: {plate}"):
                self.create_by_rpc(plate)
            car, messages = self.enter_by_import(
                self.consultant,
                "fleet.vehicle",
                {"model_id": "Testbrand/Lavida T", "license_plate": plate},
                default_trade_state="in_stock",
            )
            self.assertFalse(car)
            self.assertIn(f"License Plate: {plate}", messages)

    def test_wrong_plate_is_refused_in_the_form(self):
        form = Form(
            self.make_car(owner_id=self.make_customer().id).with_user(self.consultant),
            view="dealer_crm.fleet_vehicle_view_form",
        )
        form.license_plate = "粤BD12345"
        self.assertEqual(form.plate_kind, "new_energy")
        form.license_plate = "京AI2345"
        with self.assert_refused(ValidationError, "License Plate: 京AI2345"):
            form.save()

    def test_other_kinds_take_free_text(self):
        for kind in ("special", "temporary", "other"):
            car = self.create_by_rpc("KA 12345", plate_kind=kind)
            self.assertEqual((car.license_plate, car.plate_kind), ("KA12345", kind))

    def test_plate_is_no_key(self):
        cars = self.create_by_rpc("京A12345") + self.create_by_rpc("京A12345")
        self.assertEqual(cars.mapped("license_plate"), ["京A12345"] * 2)
