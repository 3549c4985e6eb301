# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..tools.area import Address, Rule, find_area, split_words
from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestArea(DealerCrmCase):
    """Zones of the market by province, place and postcode; the address decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.areas = cls.env["dealer.area"]
        cls.areas.search([]).active = False
        cls.state = cls.env["res.country.state"].create(
            {
                "name": "Jiangsu T",
                "code": "JST",
                "country_id": cls.env.ref("base.cn").id,
            }
        )
        cls.east, cls.city, cls.rest = cls.areas.create(
            [
                {"name": "East", "sequence": 1, "places": "Gulou, 玄武区"},
                {"name": "By postcode", "sequence": 2, "zips": "2100,2101"},
                {"name": "Province", "sequence": 3, "state_id": cls.state.id},
            ]
        )

    def test_words_of_a_rule(self):
        self.assertEqual(split_words(" A、b， a;C\n"), ("a", "b", "c"))
        rule = Rule(7, places=("gulou",), zips=("21",))
        self.assertEqual(find_area(Address(street="1 Gulou Rd", zip="2100"), [rule]), 7)
        self.assertIsNone(find_area(Address(street="1 Gulou Rd", zip="31"), [rule]))

    def test_change_of_address_moves_the_area(self):
        customer = self.make_customer(street="南京市玄武区 1")
        self.assertEqual(customer.area_id, self.east)
        customer.street = "Elsewhere 2"
        self.assertFalse(customer.area_id)
        customer.zip = "210005"
        self.assertEqual(customer.area_id, self.city)
        customer.write({"zip": "300", "state_id": self.state.id})
        self.assertEqual(customer.area_id, self.rest)

    def test_changed_rule_reaches_all_customers(self):
        customer = self.make_customer(city="Suzhou")
        self.assertFalse(customer.area_id)
        self.east.places = "suzhou"
        cron = self.env.ref("dealer_crm.ir_cron_update_area")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(customer.area_id, self.east)
        self.assertEqual(customer._refresh_area(), 0)
        self.east.active = False
        self.assertEqual(customer._refresh_area(), 1)
        self.assertFalse(customer.area_id)

    def test_only_files_and_own_branch(self):
        plain = self.env["res.partner"].create(
            {"name": "Plain", "zip": "2100", "phone": self.next_phone()}
        )
        self.assertFalse(plain.area_id)
        plain.file_state = "draft"
        self.assertEqual(plain.area_id, self.city)
        self.city.company_id = self.other_branch
        plain._refresh_area()
        self.assertFalse(plain.area_id)

    def test_totals_of_areas_and_occupations_are_all_customers(self):
        for zip_code in ("2100", "2101", "9"):
            self.make_customer(zip=zip_code)
        domain = [("file_state", "!=", False)]
        partners = self.env["res.partner"].with_user(self.manager)
        total = partners.search_count(domain)
        for name in ("area_id", "occupation_id"):
            groups = partners.formatted_read_group(domain, [name], ["__count"])
            self.assertEqual(sum(g["__count"] for g in groups), total, name)
        self.assertEqual(self.city.with_user(self.manager).partner_count, 2)

    def test_area_without_conditions_is_refused(self):
        with self.assert_refused(ValidationError, "Nowhere: give a province"):
            self.areas.create({"name": "Nowhere", "places": " , "})

    def test_managers_edit_accountants_do_not_notice(self):
        self.east.with_user(self.manager).places = "X"
        with self.assertRaises(AccessError):
            self.east.with_user(self.consultant).write({"places": "Y"})
        clerk = self.make_user(
            "clerk", "account.group_account_invoice,base.group_partner_manager"
        )
        customer = self.make_customer()
        customer.with_user(clerk).write({"street": "Gulou 3", "zip": "2100"})
        self.assertNotIn("area_id", customer.with_user(clerk).fields_get())
        self.assertEqual(customer.area_id, self.city)
