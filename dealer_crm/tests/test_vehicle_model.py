# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase

SPEC = {
    "displacement": 1498,
    "drive_type": "fwd",
    "body_type": "sedan",
    "battery_capacity": 12.9,
    "vehicle_range": 900,
    "seats": 5,
    "power": 110.0,
    "transmission": "automatic",
}

CARD = {
    "license_plate": "苏A12345",
    "color": "White",
    "model_year": "2026",
    "engine_number": "E123",
    "gearbox_number": "G456",
    "displacement": 1395,
    "drive_type": "awd",
    "body_type": "suv",
    "battery_capacity": 18.4,
    "seats": 7,
    "doors": 5,
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleModel(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car_model.write(
            {
                **SPEC,
                "default_fuel_type": "plug_in_hybrid_gasoline",
                "vehicle_class": "middle",
                "warranty_months": 36,
                "warranty_km": 100000,
            }
        )

    def test_new_car_takes_the_values_of_its_model(self):
        self.assertRecordValues(self.make_car(), [SPEC])

    def test_overriding_one_value_leaves_the_model_alone(self):
        car = self.make_car()
        car.displacement = 1395
        self.assertEqual(self.car_model.displacement, 1498)
        self.car_model.displacement = 1600
        self.assertEqual(car.displacement, 1395)

    def test_card_comes_back_as_it_was_saved(self):
        values = {
            "vin_sn": self.next_vin(),
            "model_id": self.car_model,
            "owner_id": self.make_customer(),
            **CARD,
        }
        car = self.enter_by_form(
            self.consultant,
            "fleet.vehicle",
            "dealer_crm.fleet_vehicle_view_form",
            values,
            default_trade_state="customer",
        )
        self.env.invalidate_all()
        names = list(values)
        plain = {
            name: value.id if hasattr(value, "id") else value
            for name, value in values.items()
        }
        self.assertRecordValues(car, [plain])
        admin = self.env.ref("base.user_admin")
        exported = car.with_user(admin).export_data(names)["datas"][0]
        row = [str(cell) if cell is not False else "" for cell in exported]
        car.with_user(self.manager).sudo().write(
            {"active": False, "vin_sn": False, "license_plate": False}
        )
        copy, texts = self.enter_by_import(
            self.manager,
            "fleet.vehicle",
            dict(zip(names, row, strict=True)),
            default_trade_state="customer",
        )
        self.assertFalse(texts)
        self.assertRecordValues(copy, [plain])

    def test_registration_is_not_invented(self):
        self.assertFalse(self.make_car().acquisition_date)
        company_car = self.env["fleet.vehicle"].create({"model_id": self.car_model.id})
        self.assertTrue(company_car.acquisition_date)

    def test_archived_model_is_not_offered_but_stays_on_old_cards(self):
        owner = self.make_customer()
        car, lead = self.make_car(owner_id=owner.id), self.make_lead()
        self.car_model.active = False
        found = self.env["fleet.vehicle.model"].name_search("Lavida T")
        self.assertNotIn(self.car_model.id, [pair[0] for pair in found])
        self.env.invalidate_all()
        self.assertEqual(car.model_id, self.car_model)
        self.assertEqual(lead.vehicle_model_id, self.car_model)
        with Form(car, view="dealer_crm.fleet_vehicle_view_form") as form:
            form.color = "Black"
        self.assertEqual(car.model_id, self.car_model)

    def test_classes_sum_up_to_all_cars(self):
        other = self.env["fleet.vehicle.model"].create(
            {"name": "No class", "brand_id": self.brand.id}
        )
        for model, count in ((self.car_model, 3), (other, 2)):
            for _index in range(count):
                self.make_car(model_id=model.id)
        domain = [("trade_state", "!=", False)]
        cars = self.env["fleet.vehicle"]
        groups = dict(cars._read_group(domain, ["vehicle_class"], ["__count"]))
        self.assertEqual(sum(groups.values()), cars.search_count(domain))
        self.assertGreaterEqual(groups["middle"], 3)
        self.assertGreaterEqual(groups[False], 2)
        self.car_model.vehicle_class = "premium"
        groups = dict(cars._read_group(domain, ["vehicle_class"], ["__count"]))
        self.assertGreaterEqual(groups["premium"], 3)

    def test_warranty_is_proposed_once_and_may_be_changed(self):
        car = self.make_car(trade_state="in_stock")
        self.assertFalse(car.warranty_end_date)
        customer, buyer = self.make_customer(), self.make_customer()
        car.write(
            {
                "owner_id": customer.id,
                "trade_state": "customer",
                "purchase_date": "2024-02-29",
            }
        )
        self.assertEqual(str(car.warranty_end_date), "2027-02-28")
        self.assertEqual(car.warranty_end_odometer, 100000)
        car.warranty_end_odometer = 150000
        car.owner_id = buyer  # sold on: the warranty does not begin anew
        self.assertEqual(str(car.purchase_date), "2026-03-10")
        self.assertEqual(str(car.warranty_end_date), "2027-02-28")
        self.assertEqual(car.warranty_end_odometer, 150000)

    def test_legal_warranty_depends_on_the_use(self):
        customer = self.make_customer()
        car = self.make_car(owner_id=customer.id, purchase_date="2024-03-11")
        self.assertRegex(car.legal_warranty_hint, "^Until .*03/11/2026.* or 50000 km")
        car.purchase_date = "2024-03-09"
        self.assertRegex(car.legal_warranty_hint, "^Ended on .*03/09/2026")
        for usage in ("commercial", "official"):
            car.usage = usage
            self.assertRegex(car.legal_warranty_hint, "^Not applicable")

    def test_fleet_counts_company_cars_and_we_ours(self):
        self.make_car()
        self.env["fleet.vehicle"].create({"model_id": self.car_model.id})
        self.env.invalidate_all()
        self.assertEqual(self.car_model.vehicle_count, 1)
        self.assertEqual(self.car_model.dealer_vehicle_count, 1)
        action = self.car_model.action_model_vehicle()
        cars = self.env["fleet.vehicle"].search(
            [*action["domain"], ("model_id", "=", self.car_model.id)]
        )
        self.assertEqual(len(cars), 1)

    def test_negative_warranty_is_refused(self):
        with self.assertRaises(Exception) as caught:
            self.car_model.warranty_months = -1
            self.env.flush_all()
        self.assertIn("warranty_check", str(caught.exception))

    def test_imported_car_needs_its_papers_before_it_is_sold(self):
        car = self.make_car(vin_sn="WVWZZZ1KZAW123456", trade_state="in_stock")
        self.assertTrue(car.is_imported)
        customer = self.make_customer()
        with self.assert_refused(ValidationError, "Import Certificate No.*Port"):
            car.write({"trade_state": "sold"})
        papers = {
            "import_certificate_number": "I1",
            "customs_declaration_number": "D1",
            "customs_declaration_date": "2026-01-01",
            "inspection_certificate_number": "C1",
        }
        car.write(papers)
        with self.assert_refused(ValidationError, "empty: Port of Entry"):
            car.write({"owner_id": customer.id, "trade_state": "customer"})
        car.customs_port = "Shanghai"
        car.write({"owner_id": customer.id, "trade_state": "customer"})
        self.assertEqual(car.trade_state, "customer")

    def test_domestic_car_needs_no_papers(self):
        car = self.make_car(trade_state="in_stock")
        self.assertFalse(car.is_imported)
        car.write({"trade_state": "sold"})
        car.is_imported = True
        self.assertTrue(car.is_imported, "the proposal may be changed")
