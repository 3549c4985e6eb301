# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import DealerCrmCase
from .test_actions_open import Client

OUR_LISTS = {"party_ids", "purchase_ids", "vehicle_ids", "contact_ids", "grade_log_ids"}


@tagged("post_install", "-at_install")
class TestAccountant(DealerCrmCase):
    """Accountants share the partners and must not notice the addon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.make_user(
            "accountant",
            "account.group_account_manager,base.group_partner_manager,"
            "base.group_allow_export",
        )
        cls.customer = cls.make_customer(id_number="310101198506150059")
        cls.make_car(owner_id=cls.customer.id)
        cls.env["dealer.contact"].create({"partner_id": cls.customer.id})

    def test_partner_action_opens(self):
        for xmlid in (
            "base.action_partner_form",
            "account.res_partner_action_customer",
        ):
            action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
            self.assertTrue(Client(self, self.accountant, action).open_all())

    def test_form_as_the_client_reads_it_shows_nothing_of_ours(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_form"
        )
        client = Client(self, self.accountant, action)
        specification = client.specify(client.archs["form"], "res.partner")
        values = client.call("web_read", self.customer.ids, specification)[0]
        self.assertEqual(values["phone"], self.customer.phone)
        self.assertFalse({"id_number", "id_number_masked", *OUR_LISTS} & values.keys())

    def test_fields_offered_for_export_can_be_exported(self):
        partner = self.customer.with_user(self.accountant)
        fields = partner.fields_get()
        self.assertFalse({"id_number", *OUR_LISTS} & fields.keys())
        names = [
            name for name in fields if self.env["res.partner"]._fields[name]._module
        ]
        ours = [
            name
            for name in names
            if "dealer_crm" in self.env["res.partner"]._fields[name]._modules
        ]
        self.assertIn("birthdate_date", ours)
        rows = partner.export_data(["name", *ours])["datas"]
        self.assertEqual(rows[0][0], "Wang Testa")

    def test_partner_is_created_edited_and_invoiced(self):
        with Form(self.env["res.partner"].with_user(self.accountant)) as form:
            form.name = "ACME"
            form.phone = "see website"
        partner = form.record
        self.assertEqual((partner.phone, partner.file_state), ("see website", False))
        with Form(self.customer.with_user(self.accountant)) as form:
            form.street = "Nanjing Road 1"
        self.assertEqual(self.customer.street, "Nanjing Road 1")
        invoice = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create({"move_type": "out_invoice", "partner_id": self.customer.id})
        )
        self.assertEqual(invoice.partner_id, self.customer)

    def test_partner_is_duplicated_without_what_he_does_not_see(self):
        self.customer.phone_second = "13900139000"
        twin = self.customer.with_user(self.accountant).copy()
        self.assertFalse(twin.sudo().phone_second)

    def test_phone_of_a_customer_file_follows_its_rules(self):
        self.customer.with_user(self.accountant).phone = "+86 138-0013-8000"
        self.assertEqual(self.customer.phone, "13800138000")

    def test_id_number_is_out_of_reach(self):
        customer = self.customer.with_user(self.accountant)
        for name in ("id_number", "id_number_masked", "id_document_type", *OUR_LISTS):
            if name in self.env["res.partner"]._fields:
                with self.assertRaises(AccessError):
                    customer.read([name])


@tagged("post_install", "-at_install")
class TestPlainCrmUser(DealerCrmCase):
    """CRM and Fleet users without a role in the dealership work as before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = cls.make_user(
            "salesman", "sales_team.group_sale_salesman_all_leads"
        )
        cls.officer = cls.make_user("officer", "fleet.fleet_group_user")

    def test_pipeline_opens(self):
        self.make_lead(user_id=self.salesman.id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.crm_lead_action_pipeline"
        )
        self.assertTrue(Client(self, self.salesman, action).open_all())

    def test_pipeline_search_offers_nothing_of_ours(self):
        view = self.env.ref("crm.view_crm_case_opportunities_filter")
        leads = self.env["crm.lead"].with_user(self.salesman)
        arch = leads.get_view(view.id, "search")["arch"]
        for name in (
            "vehicle_model_id",
            "grade_id",
            "contact_due",
            "next_contact_date",
        ):
            self.assertNotIn(name, arch)
        arch = leads.with_user(self.manager).get_view(view.id, "search")["arch"]
        self.assertIn("vehicle_model_id", arch)

    def test_lead_waits_for_no_contact(self):
        lead = self.make_lead(
            user_id=self.salesman.id, grade_id=self.env.ref("dealer_crm.grade_a").id
        )
        plain = self.make_lead(user_id=self.salesman.id)
        for record in lead + plain:
            self.assertFalse(record.next_contact_date)
            self.assertFalse(record.activity_ids)

    def test_customer_of_a_lead_is_no_customer_file(self):
        lead = self.make_lead(user_id=self.salesman.id)
        self.assertFalse(lead.with_user(self.salesman)._create_customer().file_state)

    def test_phone_of_an_owner_is_not_on_the_fleet_card(self):
        car = self.make_car(owner_id=self.make_customer().id).with_user(self.officer)
        with self.assertRaises(AccessError):
            car.read(["owner_phone"])

    def test_lead_is_worked_on(self):
        lead = self.make_lead(
            user_id=self.salesman.id, grade_id=self.env.ref("dealer_crm.grade_a").id
        ).with_user(self.salesman)
        self.log_contact(lead.with_user(self.manager), user=self.manager)
        lead.write(
            {
                "phone": False,
                "partner_id": self.make_car(
                    owner_id=self.make_customer().id
                ).owner_id.id,
            }
        )
        self.assertFalse(lead.grade_id)
        lead.action_set_won()
        self.assertEqual(lead.won_status, "won")

    def test_fleet_officer_keeps_his_cars(self):
        car = self.make_car(trade_state=False)
        officers_car = car.with_user(self.officer)
        with Form(officers_car) as form:
            form.license_plate = "1-abc-234"
        officers_car.write({"purchase_date": "2024-01-01", "odometer": 500})
        self.assertEqual((car.license_plate, car.odometer), ("1-abc-234", 500))
        officers_car.action_archive()
        self.assertFalse(car.active)

    def test_fleet_action_opens(self):
        self.make_car(trade_state=False)
        for xmlid in ("fleet_vehicle_action", "fleet_vehicle_odometer_action"):
            action = self.env["ir.actions.act_window"]._for_xml_id(f"fleet.{xmlid}")
            Client(self, self.officer, action).open_all()

    def test_lead_is_duplicated_and_merged(self):
        """What staff noted stays out of the copy and in the merged lead."""
        hobby = self.env["dealer.hobby"].create({"name": "Golf"})
        one, two = (
            self.make_lead(user_id=self.salesman.id, name=name) for name in "AB"
        )
        two.write({"hobby_ids": [(6, 0, hobby.ids)], "phone_second": "13900139000"})
        twin = two.with_user(self.salesman).copy()
        self.assertFalse(twin.sudo().phone_second)
        self.assertFalse(twin.sudo().hobby_ids)
        merged = (one + two).with_user(self.salesman).merge_opportunity()
        self.assertEqual(merged.sudo().hobby_ids, hobby)
        self.assertEqual(merged.sudo().phone_second, "13900139000")

    def test_stage_is_read_changed_and_duplicated(self):
        boss = self.make_user("boss", "sales_team.group_sale_manager")
        stage = self.env.ref("dealer_crm.stage_needs").with_user(boss)
        self.assertNotIn("required_field_ids", stage.read()[0])
        stage.name = "Talk"
        self.assertFalse(stage.copy().sudo().required_field_ids)
