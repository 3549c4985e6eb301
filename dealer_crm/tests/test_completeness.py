# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models import dealer_file_item_job
from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestCompleteness(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complete = {
            "wechat_id": "wx1",
            "preferred_channel": "call",
            "gender": "female",
            "birthdate_date": "1990-01-02",
            "city": "Nanjing",
            "street": "1 Cloud Road",
            "occupation_id": cls.env.ref("dealer_crm.occupation_teacher").id,
            "hobby_ids": [Command.link(cls.env.ref("dealer_crm.hobby_tea").id)],
        }
        cls.items = cls.env["dealer.file.item"]

    def find_incomplete(self, model="res.partner"):
        domain = [("completeness", "<", 100)]
        return self.env[model].with_user(self.consultant).search(domain)

    def test_two_of_ten_items_empty_shows_80_percent_and_their_names(self):
        customer = self.make_customer(**self.complete).with_user(self.consultant)
        self.assertEqual((customer.completeness, customer.missing_items), (100, ""))
        self.assertNotIn(customer, self.find_incomplete())
        customer.write({"street": False, "hobby_ids": [Command.clear()]})
        self.assertEqual(customer.completeness, 80)
        self.assertEqual(customer.missing_items, "Street, Hobbies")
        self.assertIn(customer, self.find_incomplete())

    def test_same_by_form_and_import(self):
        values = {"name": "Li Testa", "phone": self.next_phone(), "city": "Nanjing"}
        for partner in (
            self.enter_by_form(
                self.consultant,
                "res.partner",
                "base.view_partner_form",
                values,
                dealer_customer_file=True,
            ),
            self.enter_by_import(
                self.consultant, "res.partner", values, dealer_customer_file=True
            )[0],
        ):
            self.assertEqual(partner.completeness, 30)

    def test_company_has_other_items_than_a_person(self):
        firm = self.make_customer("Testa Trading", is_company=True)
        self.assertNotIn("Gender", firm.missing_items)
        self.assertIn("Tax ID", firm.missing_items)
        self.assertEqual(firm.completeness, 100 * 2 // 7)

    def test_lead_counts_its_own_items(self):
        lead = self.make_lead().with_user(self.consultant)
        self.assertEqual(lead.completeness, 30)
        self.assertIn("Source", lead.missing_items)
        self.assertIn(lead, self.find_incomplete("crm.lead"))
        lead.write({"city": "Nanjing", "wechat_id": "wx"})
        self.assertEqual(lead.completeness, 50)

    def test_partner_without_file_is_not_counted(self):
        partner = self.env["res.partner"].create({"name": "ACME"})
        self.assertEqual((partner.completeness, partner.missing_items), (0, ""))
        partner.write({"phone": "13800138000"})
        partner.action_open_customer_file()
        self.assertEqual(partner.completeness, 20)

    def test_changed_list_counts_all_files_again_by_the_job(self):
        customer = self.make_customer(**self.complete)
        lead = self.make_lead()
        for name in ("city", "occupation_id"):
            self.env.ref(f"dealer_crm.file_item_lead_{name}").active = False
        self.items.create({"field_id": self.get_field("email").id, "weight": 10})
        cron = type(self.env["ir.cron"])
        with (
            patch.object(dealer_file_item_job, "BATCH", 1),
            patch.object(cron, "_commit_progress", return_value=60) as committed,
        ):
            self.items._cron_recount_completeness()
        self.assertGreater(committed.call_count, 3)
        self.assertEqual((customer.completeness, lead.completeness), (50, 100 * 3 // 8))
        self.items.search([("field_id.name", "=", "email")]).unlink()
        self.items.with_user(self.manager).action_recount()
        self.assertEqual(customer.completeness, 100)
        self.assertEqual(self.items._recount_batch(), 0)

    def get_field(self, name):
        return self.env["ir.model.fields"]._get("res.partner", name)

    def test_items_are_fields_that_are_followed(self):
        with self.assert_refused(ValidationError, "cannot be followed up"):
            self.items.create({"field_id": self.get_field("comment").id})

    def test_managers_only_change_the_list(self):
        item = self.env.ref("dealer_crm.file_item_partner_city")
        with self.assert_refused(AccessError, "Item of a Customer File"):
            item.with_user(self.consultant).weight = 2
        item.with_user(self.manager).weight = 2

    def test_queries_do_not_grow_with_the_customers(self):
        def count(number):
            ids = (
                self.env["res.partner"]
                .create(
                    [{"name": "X", "phone": "13800138000", "file_state": "draft"}]
                    * number
                )
                .ids
            )
            self.env.flush_all()
            self.env.invalidate_all()
            partners = self.env["res.partner"].with_user(self.consultant).browse(ids)
            start = self.env.cr.sql_log_count
            partners.mapped("missing_items")
            self.env.add_to_compute(partners._fields["completeness"], partners.sudo())
            partners.mapped("completeness")
            return self.env.cr.sql_log_count - start

        count(1)
        self.assertLessEqual(count(50), count(5) + 1)
