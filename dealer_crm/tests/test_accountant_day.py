# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ..tools.vin import check_digit

NUMBER = "310101198506150059"


@tagged("post_install", "-at_install")
class TestAccountantDay(AccountTestInvoicingCommon):
    """Invoice, payment, print, export, merge by a user with accounting rights only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        cls.env = cls.env(
            user=SUPERUSER_ID,
            context={"allowed_company_ids": company.ids, "tracking_disable": True},
        )
        cls.accountant = new_test_user(
            cls.env,
            "test_accountant_day",
            "account.group_account_invoice,base.group_partner_manager,"
            "base.group_allow_export",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Testbrand"})
        cls.car_model = cls.env["fleet.vehicle.model"].create(
            {"name": "Lavida T", "brand_id": brand.id}
        )
        cls.customer = cls.make_customer("Wang Testa", "13800138000")
        cls.customer.id_number = NUMBER
        cls.car = cls.make_car(cls.customer, 1)
        cls.talk = cls.env["dealer.contact"].create(
            {"partner_id": cls.customer.id, "content": "Wants a discount"}
        )

    @classmethod
    def make_customer(cls, name, phone, **values):
        return cls.env["res.partner"].create(
            {"name": name, "phone": phone, "file_state": "draft", **values}
        )

    @classmethod
    def make_car(cls, owner, number):
        vin = f"LSVAA49J0A28000{number:02d}"
        return cls.env["fleet.vehicle"].create(
            {
                "model_id": cls.car_model.id,
                "trade_state": "customer",
                "vin_sn": vin[:8] + check_digit(vin) + vin[9:],
                "owner_id": owner.id,
                "purchase_date": "2026-01-05",
                "purchase_price": 120000,
            }
        )

    def mine(self, records):
        return self.env[records._name].with_user(self.accountant).browse(records.ids)

    def make_invoice(self):
        invoice = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": "2026-02-01",
                    "invoice_line_ids": [
                        (0, 0, {"name": "Car", "quantity": 1, "price_unit": 120000})
                    ],
                }
            )
        )
        invoice.action_post()
        return invoice

    def test_invoice_is_posted_printed_and_paid(self):
        invoice = self.make_invoice()
        self.assertEqual(invoice.state, "posted")
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.accountant)
            ._render_qweb_html("account.report_invoice", invoice.ids)
        )
        self.assertIn("Wang Testa", html.decode())
        self.assertNotIn(NUMBER, html.decode())
        payment = (
            self.env["account.payment.register"]
            .with_user(self.accountant)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({})
        )
        payment.action_create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))

    def test_cars_bought_are_seen_with_dates_and_prices(self):
        action = self.mine(self.customer).action_view_purchases()
        parties = self.env[action["res_model"]].with_user(self.accountant)
        view = parties.get_view(action["view_id"][0], "list")
        self.assertIn("price", view["arch"])
        rows = parties.web_search_read(
            action["domain"],
            {
                "vehicle_id": {"fields": {"display_name": {}}},
                "vin_sn": {},
                "date_from": {},
                "price": {},
            },
        )["records"]
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0]["vin_sn"], self.car.vin_sn)
        self.assertEqual(rows[0]["price"], 120000)
        self.assertEqual(str(rows[0]["date_from"]), "2026-01-05")

    def test_history_is_read_only(self):
        for record in (self.car, self.car.party_ids):
            seen = self.mine(record)
            self.assertTrue(seen.has_access("read"))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(seen.has_access(operation))

    def test_button_is_on_the_form(self):
        partners = self.env["res.partner"].with_user(self.accountant)
        arch = partners.get_view(self.env.ref("base.view_partner_form").id)["arch"]
        self.assertIn("action_view_purchases", arch)
        for name in ("id_number", "action_change_consent", "action_reveal"):
            self.assertNotIn(name, arch)

    def test_talks_numbers_and_consents_are_out_of_reach(self):
        consent = self.customer._note_consent(["call"], ["care"], "given", "call")
        for record in (self.talk, consent):
            self.assertFalse(self.mine(record).has_access("read"), record._name)
        customer = self.mine(self.customer)
        for name in ("id_number", "id_number_masked", "contact_ids", "consent_ids"):
            with self.assertRaises(AccessError, msg=name):
                customer.read([name])
        with self.assertRaises(AccessError):
            customer.action_reveal_id_number("curious")

    def test_all_fields_on_offer_are_exported(self):
        customer = self.mine(self.customer)
        names = [
            name
            for name, field in customer.fields_get().items()
            if field.get("exportable", True)
            and field["type"] != "binary"
            and not name.startswith("properties_base")  # core's, for admins only
        ]
        rows = customer.export_data(names)["datas"]
        text = str(rows)
        self.assertIn("13800138000", text)
        for secret in (NUMBER, "310*", "Wants a discount"):
            self.assertNotIn(secret, text)

    def merge(self, kept, doubles):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(
            self.accountant
        )
        wizard._merge((kept + doubles).ids, self.mine(kept))
        self.env.invalidate_all()

    def test_merged_partners_keep_cars_talks_and_number(self):
        double = self.make_customer("Wang Testa", "13800138000")
        car = self.make_car(double, 2)
        invoice = self.make_invoice()
        self.merge(double, self.customer)
        self.assertFalse(self.customer.exists())
        self.assertEqual(double.vehicle_ids, self.car + car)
        self.assertEqual(double.contact_ids, self.talk)
        self.assertEqual(double.id_number, NUMBER)
        self.assertEqual(invoice.partner_id, double)

    def test_form_is_created_and_edited(self):
        with Form(self.env["res.partner"].with_user(self.accountant)) as form:
            form.name = "ACME"
            form.phone = "see website"
        self.assertFalse(form.record.file_state)
        with Form(self.mine(self.customer)) as form:
            form.street = "Nanjing Road 1"
            form.phone = "+86 138 0013 8001"
        self.assertEqual(self.customer.phone, "13800138001")
