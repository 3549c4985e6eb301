# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""BRF-05: every printed form, one and many, empty and full, in both languages.

New forms are covered as soon as they exist: a form on a model without a builder here
fails until somebody says how to fill it.
"""

import sys
from pathlib import Path

from lxml import html
from odoo.tests import tagged

sys.path.insert(0, str(Path(__file__).resolve().parent))

from common import ScenarioCase
from prints_calls import CallForms
from prints_care import CareForms
from prints_common import LONG, ShowroomForms
from prints_complaint import ComplaintForms
from prints_inspection import InspectionForms
from prints_marketing import MarketingForms
from prints_measures import MeasureForms

MODULES = ("dealer_crm", "dealer_aftersales", "dealer_reports")
#: Core's forms that print our customers and their cars.
CORE = (
    "account.account_invoices",
    "repair.action_report_repair_order",
    "sale.action_report_saleorder",
)


@tagged("post_install", "-at_install")
class TestPrints(
    CallForms,
    CareForms,
    ShowroomForms,
    ComplaintForms,
    InspectionForms,
    MarketingForms,
    MeasureForms,
    ScenarioCase,
):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(list(MODULES), ["zh_CN"])
        cls.director.company_ids |= cls.other_branch
        cls.director.group_ids |= cls.env.ref("account.group_account_invoice")
        cls.part = cls.env["product.product"].create({"name": "刹车片总成"})

    def get_reports(self):
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.actions.report"), ("module", "in", MODULES)]
        )
        reports = self.env["ir.actions.report"].browse(data.mapped("res_id"))
        return reports | reports.union(*(self.env.ref(name) for name in CORE))

    # One builder per model: (records, text that must be on paper). The first record
    # has what is required, the second everything and long text, the third belongs
    # to the other branch.

    def build_res_partner(self):
        bare = self.make_customer("张一", company_id=self.branch.id)
        full = self.make_customer(
            "李二", street=LONG, employer=LONG, family_note=LONG, driving_note=LONG
        )
        north = self.make_customer("王三", company_id=self.other_branch.id)
        self.make_car(owner_id=full.id, license_plate="苏A30001")
        return bare | full | north, ["张一", "李二", "王三"]

    def build_fleet_vehicle(self):
        customers, _texts = self.build_res_partner()
        bare = self.make_car(company_id=self.branch.id)
        full = self.make_car(
            owner_id=customers[1].id,
            license_plate="苏A30002",
            color=LONG,
            description=f"<p>{LONG}</p>",
            purchase_date="2024-01-31",
            purchase_price=99999,
            odometer=4321,
        )
        self.make_repair("2026-02-01 04:00:00", vehicle_id=full.id)
        north = self.make_car(company_id=self.other_branch.id)
        return bare | full | north, [bare.vin_sn, full.vin_sn, north.vin_sn]

    def build_crm_lead(self):
        bare = self.make_lead(contact_name="赵一", user_id=False)
        full = self.make_lead(
            contact_name="钱二", street=LONG, family_note=LONG, description=LONG
        )
        north = self.make_lead(
            contact_name="孙三", user_id=False, company_id=self.other_branch.id
        )
        return bare | full | north, ["赵一", "钱二", "孙三"]

    def build_repair_order(self):
        bare = self.make_repair(partner_id=False)
        full = self.make_repair(
            "2026-02-01 04:00:00",
            parts_history=LONG,
            concern_ids=[(0, 0, {"name": LONG})],
            labor_ids=[(0, 0, {"name": LONG, "price_unit": 80})],
        )
        north = self.make_repair(
            vehicle_id=self.make_car(company_id=self.other_branch.id).id,
            partner_id=self.make_customer("王三", company_id=False).id,
            company_id=self.other_branch.id,
        )
        return bare | full | north, [bare.name, full.name, north.name]

    def build_dealer_month_close(self):
        due = self.make_due(3)
        self.answer(due[:2], overall=4)
        here, there = self.make_close(), self.make_close(self.other_branch)
        before = self.make_close(month=self.month.replace(month=1))
        return before | here | there, ["2026-01", "2026-02", self.other_branch.name]

    def build_sale_order(self):
        customer = self.build_res_partner()[0][1]
        customer.company_id = False
        order = {"partner_id": customer.id, "company_id": self.branch.id}
        line = (0, 0, {"product_id": self.part.id, "name": LONG, "price_unit": 7})
        orders = self.env["sale.order"].create(
            [
                order,
                {**order, "order_line": [line], "note": LONG},
                {**order, "company_id": self.other_branch.id},
            ]
        )
        return orders, orders.mapped("name")

    def build_account_move(self):
        customer = self.build_res_partner()[0][1]
        journal = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.branch.id)], limit=1
        ) or self.env["account.journal"].create(
            {"name": "Sales T", "type": "sale", "code": "TSJ"}
        )
        account = self.env["account.account"].create(
            {"name": "Income T", "code": "TINC1", "account_type": "income"}
        )
        receivable = self.env["account.account"].create(
            {"name": "Debtors T", "code": "TREC1", "account_type": "asset_receivable"}
        )
        customer.property_account_receivable_id = receivable
        line = {"name": LONG, "price_unit": 5, "account_id": account.id}
        moves = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": customer.id,
                    "journal_id": journal.id,
                    "invoice_date": "2026-03-01",
                    "invoice_line_ids": [(0, 0, {**line, "tax_ids": False})],
                }
                for _index in range(2)
            ]
        )
        moves.action_post()
        return moves, moves.mapped("name")

    def build(self, report):
        """What the form's own builder makes, or that of its model."""
        own = f"build_{report.report_name.split('.')[1]}"
        model = f"build_{report.model.replace('.', '_')}"
        return self.build_once(own if hasattr(self, own) else model)

    def render(self, report, records, lang):
        reports = self.env["ir.actions.report"].with_user(self.director)
        companies = (self.branch | self.other_branch).ids
        content, _kind = reports.with_context(
            lang=lang, allowed_company_ids=companies
        )._render_qweb_html(report, records.ids)
        return html.fromstring(content.decode())

    def get_text(self, root):
        return " ".join(
            " ".join(node.text_content().split()) for node in root.xpath("//main")
        )

    def test_every_form_prints(self):
        for report in self.get_reports():
            with self.subTest(report.report_name):
                self.check_form(report, *self.build(report))

    def check_form(self, report, records, texts):
        for lang in ("en_US", "zh_CN"):
            if "partner_id" in records._fields:  # core prints for the customer
                records.partner_id.lang = lang
            root = self.render(report, records, lang)
            text = self.get_text(root)
            for expected in texts:
                self.assertIn(expected, text, f"{report.report_name} {lang}")
            self.assertNotIn("None", text, report.report_name)
            for part in (records[:1], records[1:2]):
                self.assertTrue(self.get_text(self.render(report, part, lang)))
            heads = root.xpath("//div[hasclass('header')]")
            self.assertGreaterEqual(len(heads), len(records), report.report_name)
            feet = root.xpath("//div[hasclass('footer')]")
            self.assertEqual(len(feet), len(heads), report.report_name)

    def test_long_chinese_text_is_complete(self):
        for model in ("res.partner", "fleet.vehicle", "repair.order", "sale.order"):
            records, _texts = getattr(self, f"build_{model.replace('.', '_')}")()
            for report in self.get_reports().filtered(lambda r, m=model: r.model == m):
                text = self.get_text(self.render(report, records[1], "zh_CN"))
                self.assertIn(LONG, text, report.report_name)

    def test_our_forms_become_pdf(self):
        with self.allow_pdf_render():
            for report in self.get_reports():
                if not report.get_external_id()[report.id].startswith("dealer_"):
                    continue
                records = self.build(report)[0]
                pdf, kind = report.with_context(
                    force_report_rendering=True
                )._render_qweb_pdf(report, records.ids)
                self.assertEqual(kind, "pdf")
                self.assertTrue(pdf.startswith(b"%PDF"), report.report_name)
