# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestVehicleSearch(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.make_car(vin_sn="LE4ZG4CB4NL000008", license_plate="粤B1C2D3")
        cls.other = cls.make_car(vin_sn="LGXC16DF3R0000005", license_plate="粤B1C2D4")

    def find(self, text, operator="ilike"):
        hits = (
            self.env["fleet.vehicle"]
            .with_user(self.consultant)
            .name_search(text, [("id", "in", (self.car + self.other).ids)], operator)
        )
        return [hit[0] for hit in hits]

    def test_tail_of_the_number_finds_the_car(self):
        for text in ("000008", "NL000008", "nl 000 008", "ＮＬ０００００８"):
            self.assertEqual(self.find(text), self.car.ids, text)

    def test_head_of_the_number_finds_the_car(self):
        self.assertEqual(self.find("le4 zg4-cb"), self.car.ids)

    def test_plate_in_any_spelling_finds_the_car(self):
        for text in ("粤B·1C2D3", "粤b 1c2d3", "B1C2D3", "粤Ｂ１Ｃ２Ｄ３"):
            self.assertEqual(self.find(text), self.car.ids, text)

    def test_exact_search_takes_any_spelling(self):
        for text in ("le4zg4cb4nl000008", "粤B·1C2D3"):
            self.assertEqual(self.find(text, "="), self.car.ids, text)
            self.assertEqual(self.find([text], "in"), self.car.ids, text)

    def test_signs_alone_find_nothing(self):
        for text in ("-", "·", "- -"):
            self.assertEqual(self.find(text), [], text)
            self.assertEqual(self.find(text, "="), [], text)

    def test_unknown_text_finds_nothing(self):
        self.assertEqual(self.find("XX999"), [])

    def test_import_finds_the_car_by_its_number(self):
        reading, messages = self.enter_by_import(
            self.consultant,
            "fleet.vehicle.odometer",
            {"vehicle_id": "le4zg4cb4nl000008", "value": "1200"},
        )
        self.assertFalse(messages)
        self.assertEqual(reading.vehicle_id, self.car)

    def test_staff_opens_the_vehicle_card_from_any_link(self):
        """Fleet's own form reads what dealership staff may not read."""
        car = self.make_car()
        card = self.env.ref("dealer_crm.fleet_vehicle_view_form")
        action = car.with_user(self.consultant).get_formview_action()
        self.assertEqual(action["views"], [(card.id, "form")])
        own = self.env["fleet.vehicle"].create({"model_id": self.car_model.id})
        self.assertNotEqual(own.get_formview_id(), card.id)

    def test_import_makes_brand_and_model_where_they_are_missing(self):
        models = self.env["fleet.vehicle.model"].with_user(self.manager)
        first = models.browse(models.name_create("Newbrand / Swift 1.5")[0])
        second = models.browse(models.name_create("newbrand/Swift 2.0")[0])
        self.assertEqual((first.name, first.brand_id.name), ("Swift 1.5", "Newbrand"))
        self.assertEqual(second.brand_id, first.brand_id)
        with self.assertRaises(AccessError):
            models.with_user(self.consultant).name_create("Other/Car")
