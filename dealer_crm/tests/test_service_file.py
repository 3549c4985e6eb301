# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from lxml import html
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase

CAR = "dealer_crm.report_service_file"
CUSTOMER = "dealer_crm.report_service_file_partner"
LONG = "雨花台区软件大道东侧远桥科技园区第十八幢" * 12


@tagged("post_install", "-at_install")
class TestServiceFile(DealerCrmCase):
    """CUS-13, CUS-19: the customer service file on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            "萧欣妍",
            phone_second="13812349999",
            id_number="11010519491231002X",
            street=LONG,
            employer="石渡汽车租赁有限公司",
            family_note="两个孩子\n周末出行",
            communication_style="price",
        )
        cls.first = cls.make_car(
            owner_id=cls.customer.id, license_plate="苏A10001", engine_number="EN4711"
        )
        cls.second = cls.make_car(owner_id=cls.customer.id, license_plate="苏A10002")

    def render(self, report, records, user=None, lang="en_US"):
        reports = self.env["ir.actions.report"].with_user(user or self.director)
        content, _kind = reports.with_context(lang=lang)._render_qweb_html(
            report, records.ids
        )
        return content.decode()

    def text(self, *args, **kwargs):
        root = html.fromstring(self.render(*args, **kwargs))
        return " ".join(root.text_content().split())

    def test_one_file_per_car_with_its_blocks(self):
        text = self.text(CUSTOMER, self.customer)
        self.assertEqual(text.count("Customer Service File"), 2)
        for value in (
            self.first.vin_sn,
            self.second.vin_sn,
            "EN4711",
            "萧欣妍",
            "石渡汽车租赁有限公司",
            LONG,
            "Observed Data",
            self.customer.ref,
        ):
            self.assertIn(value, text)
        self.assertLess(text.index("苏A10001"), text.index("苏A10002"))

    def test_each_file_has_header_and_footer(self):
        root = html.fromstring(self.render(CUSTOMER, self.customer))
        self.assertEqual(len(root.xpath("//div[hasclass('header')]")), 2)
        self.assertEqual(len(root.xpath("//div[hasclass('footer')]")), 2)

    def test_cars_and_customers_print_the_same(self):
        by_car = self.text(CAR, self.first | self.second)
        self.assertEqual(by_car, self.text(CUSTOMER, self.customer))

    def test_a_customer_without_car_and_empty_fields_prints(self):
        visitor = self.make_customer("Bare Visitor")
        text = self.text(CUSTOMER, visitor)
        self.assertIn("Bare Visitor", text)
        self.assertIn("No vehicle", text)
        self.assertNotIn("False", text)

    def test_a_car_without_owner_prints(self):
        car = self.make_car()
        text = self.text(CAR, car)
        self.assertIn(car.vin_sn, text)
        self.assertNotIn("False", text)

    def test_no_record_prints_no_file(self):
        text = self.text(CAR, self.env["fleet.vehicle"])
        self.assertNotIn("Customer Service File", text)

    def test_author_verifier_and_filer_stand_on_the_file(self):
        self.customer.sudo().write(
            {
                "file_state": "filed",
                "file_author_id": self.consultant.id,
                "verified_by_id": self.manager.id,
                "filed_by_id": self.director.id,
            }
        )
        text = self.text(CAR, self.first)
        for label, user in (
            ("Author", self.consultant),
            ("Verifier", self.manager),
            ("Filer", self.director),
        ):
            self.assertIn(f"{label} {user.name}", text)

    def test_the_id_number_is_masked_for_everybody(self):
        for user in (self.consultant, self.director):
            text = self.text(CAR, self.first, user)
            self.assertNotIn("11010519491231002X", text)
            self.assertIn(self.customer.id_number_masked, text)

    def test_notes_about_the_character_stay_off_the_paper(self):
        text = self.text(CAR, self.first)
        self.assertNotIn("Price comes first", text)
        self.assertIn("两个孩子", text)

    def test_a_hidden_phone_hides_the_second_one_too(self):
        model = type(self.env["res.partner"])
        masked = {self.customer.id: "138****0001"}
        with patch.object(model, "_get_visible_phones", lambda partners: masked):
            text = self.text(CAR, self.first, self.consultant)
        self.assertIn("138****0001", text)
        self.assertNotIn(self.customer.phone, text)
        self.assertNotIn("13812349999", text)

    def test_typed_text_is_escaped(self):
        self.customer.employer = "<script>alert(1)</script>"
        self.customer.family_note = "<b>loud</b>"
        content = self.render(CAR, self.first)
        self.assertNotIn("<script>alert(1)", content)
        self.assertNotIn("<b>loud</b>", content)

    def test_chinese_paper(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["dealer_crm"], ["zh_CN"])
        text = self.text(CAR, self.first, lang="zh_CN")
        for value in ("车架号", "发动机号", "购车日期", "萧欣妍", LONG):
            self.assertIn(value, text)

    def test_two_branches_print_under_their_own_head(self):
        self.director.company_ids |= self.other_branch
        self.customer.company_id = False
        self.first.company_id = self.branch
        self.second.company_id = self.other_branch
        root = html.fromstring(self.render(CUSTOMER, self.customer))
        heads = [
            node.text_content() for node in root.xpath("//div[hasclass('header')]")
        ]
        self.assertIn(self.branch.name, heads[0])
        self.assertIn(self.other_branch.name, heads[1])

    def test_another_branch_may_not_print(self):
        north = self.make_user(
            "north", "dealer_crm.group_sales_manager", self.other_branch
        )
        self.first.company_id = self.branch
        self.customer.company_id = self.branch
        with self.assertRaises(AccessError):
            self.render(CAR, self.first, north)
        with self.assertRaises(AccessError):
            self.render(CUSTOMER, self.customer, north)

    def test_an_accountant_may_not_print_and_is_not_offered_it(self):
        clerk = self.make_user("clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.render(CUSTOMER, self.customer, clerk)
        for user, is_offered in ((clerk, False), (self.consultant, True)):
            bindings = self.env["ir.actions.actions"].with_user(user)
            offered = {
                action["id"]
                for action in bindings.get_bindings("res.partner").get("report", ())
            }
            report = self.env.ref("dealer_crm.action_report_service_file_partner")
            self.assertEqual(report.id in offered, is_offered)

    def test_the_print_is_noted(self):
        log = self.env["dealer.access.log"].sudo()
        before = log.search([])
        self.render(CUSTOMER, self.customer, self.consultant)
        line = log.search([]) - before
        self.assertEqual(line.kind, "print")
        self.assertEqual(line.user_id, self.consultant)
        self.assertEqual(
            (line.res_model, line.res_id), ("res.partner", self.customer.id)
        )

    def test_pdf_is_made(self):
        with self.allow_pdf_render():
            pdf, kind = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(CUSTOMER, self.customer.ids)
            )
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
