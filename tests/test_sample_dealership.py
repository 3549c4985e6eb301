# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sample dealership loads through Odoo's own import and is ready to work with."""

import sys
from pathlib import Path

from odoo.tests import TransactionCase, freeze_time, tagged

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "data"))

import load_sample

#: A Wednesday noon in Nanjing.
NOW = "2026-11-18 04:00:00"


@tagged("post_install", "-at_install")
class TestSampleDealership(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        with freeze_time(NOW):
            cls.result = load_sample.main(cls.env, "zh_CN")
        cls.care = cls.env["res.users"].search([("login", "=", "care1")])

    def test_everything_is_there(self):
        counts = {
            "res.partner": ([("file_state", "!=", False)], 300),
            "fleet.vehicle": ([("trade_state", "=", "customer")], 350),
            "repair.order": ([("name", "like", "RO/")], 700),
            "crm.lead": ([("vehicle_model_id", "!=", False)], 135),
        }
        for model, (domain, least) in counts.items():
            records = self.env[model].with_context(active_test=False)
            self.assertGreaterEqual(records.search_count(domain), least, model)
        self.assertEqual(len(self.result["users"]), len(load_sample.USERS))
        self.assertEqual(len(self.result["look_at"]), 4)

    def test_history_left_stock_and_accounts_alone(self):
        history = [("name", "like", "RO/"), ("date_delivered", "!=", False)]
        repairs = self.env["repair.order"].search(history)
        self.assertFalse(repairs.move_ids)
        self.assertFalse(repairs.sale_order_id)

    def test_the_workshop_has_a_car_in_every_state(self):
        repairs = self.env["repair.order"].search([])
        states = set(repairs.mapped("service_state"))
        for state in ("received", "approved", "in_work", "quality_check", "ready"):
            self.assertIn(state, states)

    def test_there_is_work_for_today(self):
        with freeze_time(NOW):
            callbacks = self.env["dealer.callback"].with_user(self.care)
            self.assertTrue(callbacks.search(callbacks._get_my_list_domain()))
            due = self.env["crm.lead"].search([("next_contact_date", "<=", NOW[:10])])
            self.assertTrue(due)

    def test_last_month_has_figures_in_both_branches(self):
        with freeze_time(NOW):
            for company in self.env["res.company"].search([]):
                close = self.env["dealer.month.close"]._find_or_create(
                    company,
                    load_sample.datetime(2026, 10, 1).date(),
                    "callback_monthly",
                )
                texts = [value.value_text for value in close.main_value_ids]
                self.assertEqual(len(texts), 4, company.name)
                self.assertNotIn("–", texts, company.name)

    def test_no_id_number_in_the_chatter(self):
        numbers = self.env["res.partner"].search([("id_number", "!=", False)])
        self.assertGreater(len(numbers), 100)
        bodies = " ".join(
            str(body)
            for body in self.env["mail.message"]
            .search([("model", "=", "res.partner"), ("res_id", "in", numbers.ids)])
            .mapped("body")
        )
        for number in numbers.mapped("id_number"):
            self.assertNotIn(number, bodies)

    def test_loading_again_changes_nothing(self):
        before = self.env["res.partner"].search_count([])
        with freeze_time(NOW):
            load_sample.main(self.env, "zh_CN")
        self.assertEqual(self.env["res.partner"].search_count([]), before)
