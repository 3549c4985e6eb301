# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestVehicleOptions(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car_model.list_price = 120000
        cls.other_model = cls.env["fleet.vehicle.model"].create(
            {"name": "Passat T", "brand_id": cls.brand.id}
        )
        options = cls.env["dealer.vehicle.option"]
        cls.roof = options.create(
            {
                "name": "Roof",
                "code": "R1",
                "price": 6000,
                "model_ids": cls.car_model.ids,
            }
        )
        cls.seats = options.create({"name": "Leather", "code": "S1", "price": 8000})
        cls.tow = options.create(
            {"name": "Tow bar", "price": 3000, "model_ids": cls.other_model.ids}
        )
        cls.box = options.create(
            {"name": "Roof box", "price": 1, "incompatible_ids": cls.roof.ids}
        )

    def test_total_is_list_plus_options_less_discount(self):
        values = {
            "option_ids": (self.roof | self.seats).ids,
            "price_discount": 5000,
        }
        for record in (
            self.make_car(trade_state="in_stock", **values),
            self.make_lead(**values),
        ):
            with self.subTest(model=record._name):
                self.assertEqual(record.list_price, 120000)
                self.assertEqual(record.price_options, 14000)
                self.assertEqual(record.price_total, 129000)

    def test_option_of_another_model_is_refused(self):
        for make in (self.make_car, self.make_lead):
            with self.assert_refused(ValidationError, "Tow bar is not made for"):
                make(option_ids=self.tow.ids)
        car = self.make_car(option_ids=self.roof.ids)
        with self.assert_refused(ValidationError, "Roof is not made for"):
            car.model_id = self.other_model

    def test_options_that_exclude_each_other_are_refused_both_ways(self):
        car = self.make_car(option_ids=self.roof.ids)
        with self.assert_refused(ValidationError, "ordered together"):
            car.option_ids |= self.box
        car = self.make_car(option_ids=self.box.ids)
        with self.assert_refused(ValidationError, "ordered together"):
            car.option_ids |= self.roof

    def test_incompatible_option_is_not_offered(self):
        """The views' domain, as the client fills it in."""
        for model, field, view in (
            ("fleet.vehicle", "model_id", "dealer_crm.fleet_vehicle_view_form"),
            ("crm.lead", "vehicle_model_id", "crm.crm_lead_view_form"),
        ):
            records = self.env[model].with_user(self.consultant)
            arch = records.get_view(self.env.ref(view).id)["arch"]
            node = etree.fromstring(arch).xpath("//field[@name='option_ids']")[0]
            for chosen, offered in (
                (self.roof, self.roof | self.seats),
                (self.box, self.seats | self.box),
                (self.browse(), self.roof | self.seats | self.box),
            ):
                domain = safe_eval(
                    node.get("domain"),
                    {field: self.car_model.id, "option_ids": chosen.ids},
                )
                found = self.env["dealer.vehicle.option"].search(domain)
                mine = self.roof | self.seats | self.tow | self.box
                self.assertEqual(found & mine, offered)

    def browse(self):
        return self.env["dealer.vehicle.option"]

    def test_negative_discount_is_refused(self):
        with self.assert_refused(ValidationError, "Discount"):
            self.make_lead(price_discount=-1)

    def test_consultant_chooses_and_manager_defines(self):
        lead = self.make_lead()
        lead.with_user(self.consultant).option_ids = self.roof
        with self.assertRaises(AccessError):
            self.roof.with_user(self.consultant).price = 1
        self.roof.with_user(self.manager).price = 7000
        self.assertEqual(lead.price_total, 127000)
