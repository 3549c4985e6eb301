# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestCustomerViews(DealerCrmCase):
    """Tags, branch label, cars of other makes, and how mandatory fields look."""

    def get_arch(self, model, view_id):
        records = self.env[model].with_user(self.consultant)
        view = records.get_view(self.env.ref(view_id).id, "form")
        return etree.fromstring(view["arch"])

    def test_forms_of_the_dealership_mark_what_is_required(self):
        for model, view_id in (
            ("dealer.contact", "dealer_crm.dealer_contact_view_form"),
            ("dealer.contact", "dealer_crm.dealer_contact_view_form_log"),
            ("fleet.vehicle", "dealer_crm.fleet_vehicle_view_form"),
            ("res.partner", "dealer_crm.res_partner_view_form_quick"),
        ):
            classes = self.get_arch(model, view_id).get("class", "").split()
            self.assertIn("dealer_form", classes, view_id)

    def test_contact_form_marks_customers_only(self):
        arch = self.get_arch("res.partner", "base.view_partner_form")
        marker = arch.xpath("//div[contains(@class, 'o_dealer_file')]")
        self.assertEqual(marker[0].get("invisible"), "not file_state")
        people = self.env["res.partner"].with_user(self.consultant)
        form = Form(
            people.with_context(dealer_customer_file=True), "base.view_partner_form"
        )
        form.name = "Li Testa"
        with self.assert_refused(AssertionError, "phone is a required field"):
            form.save()
        with Form(people, "base.view_partner_form") as form:
            form.name = "No customer needs no phone"

    def test_three_tagged_customers_are_found_by_their_tag(self):
        tag = self.env.ref("dealer_crm.partner_category_offers")
        self.assertEqual(tag.parent_id.name, "Behaviour")
        tagged_ones = self.env["res.partner"]
        for number in range(5):
            customer = self.make_customer(f"Testa {number}").with_user(self.consultant)
            if number < 3:
                customer.category_id = [Command.link(tag.id)]
                tagged_ones += customer
        people = self.env["res.partner"].with_user(self.consultant)
        found = people.search([("category_id", "child_of", tag.id)])
        self.assertEqual(found, tagged_ones)
        groups = people.formatted_read_group(
            [("category_id", "in", tag.ids)], ["category_id"], ["__count"]
        )
        self.assertEqual([group["__count"] for group in groups], [3])
        lead_tag = self.env.ref("dealer_crm.crm_tag_luxury")
        lead = self.make_lead(tag_ids=[Command.link(lead_tag.id)])
        leads = self.env["crm.lead"].with_user(self.consultant)
        self.assertIn(lead, leads.search([("tag_ids", "in", lead_tag.ids)]))

    def test_customer_of_the_other_branch_is_labelled(self):
        both = self.make_user("both", "dealer_crm.group_sales_manager")
        both.company_ids += self.other_branch
        both.group_ids += self.env.ref("base.group_multi_company")
        customer = self.make_customer(company_id=self.other_branch.id)
        customer = customer.with_user(both).with_context(
            allowed_company_ids=both.company_ids.ids
        )
        self.assertEqual(customer.company_id.name, "Branch North")
        view_id = self.env.ref("dealer_crm.res_partner_view_list").id
        view = customer.get_view(view_id, "list")
        self.assertIn('name="company_id"', view["arch"])

    def test_car_of_another_make_needs_no_vin(self):
        customer = self.make_customer()
        other = self.env["fleet.vehicle.model"].create(
            {
                "name": "Elsewhere One",
                "brand_id": self.env["fleet.vehicle.model.brand"]
                .create({"name": "Otherbrand"})
                .id,
            }
        )
        cars = self.env["fleet.vehicle"].with_user(self.consultant)
        car = cars.create(
            {
                "model_id": other.id,
                "owner_id": customer.id,
                "trade_state": "customer",
                "license_plate": "苏A7K888",
            }
        )
        self.assertFalse(car.vin_sn)
        self.assertIn(car, customer.with_user(self.consultant).vehicle_ids)
