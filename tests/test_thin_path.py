# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One path through all addons: from the import to the printed monthly report."""

import sys
from pathlib import Path

from odoo.tests import Form, freeze_time, tagged

sys.path.insert(0, str(Path(__file__).resolve().parent))

from common import ScenarioCase

CUSTOMERS = [["ref", "name", "phone"], ["T0001", "云舒", "１９９ ００００ ８００１"]]
SCORES = {"overall": 5, "advisor": 4, "quality": 5}


@tagged("post_install", "-at_install")
class TestThinPath(ScenarioCase):
    def load(self, user, model, rows, **context):
        records = self.env[model].with_user(user).with_context(**context)
        result = records.load(rows[0], rows[1:])
        self.assertFalse(result["messages"])
        return records.browse(result["ids"])

    def test_from_import_to_the_monthly_report(self):
        with freeze_time("2026-03-10 02:00:00"):
            self.policy.write({"user_ids": [(6, 0, self.care.ids)]})
            customer, car = self.import_customer_and_car()
            self.make_lead_with_grade(customer)
            repair = self.repair_and_deliver(customer, car)
        with freeze_time("2026-03-13 00:30:00"):
            callback = self.nightly_job(repair)
            self.assertEqual(str(callback.date_due), "2026-03-13")
            self.call_and_answer(callback)
        with freeze_time("2026-04-01 01:00:00"):
            self.month_report()
        self.customer_database(customer, car, repair)

    def import_customer_and_car(self):
        customer = self.load(
            self.advisor, "res.partner", CUSTOMERS, dealer_customer_file=True
        )
        self.assertEqual(customer.phone, "19900008001")
        vin = self.next_vin()
        car = self.load(
            self.advisor,
            "fleet.vehicle",
            [
                ["vin_sn", "license_plate", "model_id", "owner_id", "purchase_date"],
                [
                    vin.lower(),
                    "苏a·８Q021",
                    "Testbrand/Lavida T",
                    "T0001",
                    "2025-02-03",
                ],
            ],
            default_trade_state="customer",
        )
        self.assertEqual((car.vin_sn, car.license_plate), (vin, "苏A8Q021"))
        self.assertEqual((car.owner_id, car.vin_status), (customer, "ok"))
        return customer, car

    def make_lead_with_grade(self, customer):
        leads = self.env["crm.lead"].with_user(self.consultant)
        with Form(leads.with_context(default_type="opportunity")) as form:
            form.name = "Second car"
            form.partner_id = customer
            form.vehicle_model_id = self.car_model
            form.purchase_date_expected = "2026-03-30"
        lead = form.save()
        self.assertTrue(lead.is_grade_due)
        lead.action_use_grade_proposal()
        self.assertEqual(lead.grade_id.code, "A")
        self.assertEqual(str(lead.next_contact_date), "2026-03-17")
        self.assertEqual(str(lead.activity_ids.date_deadline), "2026-03-17")

    def repair_and_deliver(self, customer, car):
        action = car.with_user(self.advisor).action_new_repair()
        repairs = self.env["repair.order"].with_user(self.advisor)
        with Form(repairs.with_context(**action["context"])) as form:
            form.odometer_in = 24300
            form.service_kind = "maintenance"
            with form.concern_ids.new() as concern:
                concern.name = "Brake squeals"
            with form.labor_ids.new() as labor:
                labor.name = "Front brake pads"
                labor.hours = 1.5
                labor.price_unit = 200
        repair = form.save()
        self.assertEqual(repair.partner_id, customer)
        self.get_approval(repair)
        repair.action_deliver()
        self.assertEqual((repair.state, repair.amount_total), ("done", 300))
        self.assertEqual(car.odometer, 24300)
        return repair

    def get_approval(self, repair):
        """The customer agrees, and somebody looks over the work."""
        repair.action_send_estimate()
        repair.action_estimate_approved("in_person")
        repair.action_start_work()
        check = repair.action_open_quality_check()
        check = self.env["dealer.inspection"].browse(check["res_id"])
        check = check.with_user(self.advisor)
        check.action_all_ok()
        check.action_finish()

    def nightly_job(self, repair):
        cron = self.env.ref("dealer_aftersales.ir_cron_make_callbacks")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        callback = repair.sudo().callback_ids
        self.assertEqual((len(callback), callback.user_id), (1, self.care))
        return callback

    def call_and_answer(self, callback):
        callback = callback.with_user(self.care)
        today = callback.search(callback._get_my_list_domain())
        self.assertIn(callback, today)
        self.assertIn("Front brake pads", callback.reason)
        callback.action_not_reached()
        answers = callback.answers
        codes = {
            self.env.ref(f"dealer_aftersales.survey_question_{code}").id: score
            for code, score in SCORES.items()
        }
        for answer in answers:
            answer["value"] = codes.get(answer["question_id"])
        callback.web_save({"answers": answers, "remark": "All fine"}, {"score": {}})
        callback.action_save_and_next()
        self.assertEqual((callback.state, callback.attempt_count), ("reached", 2))
        self.assertTrue(callback.is_successful)

    def month_report(self):
        cron = self.env.ref("dealer_reports.ir_cron_close_months")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        close = self.env["dealer.month.close"].search(
            [
                ("company_id", "=", self.branch.id),
                ("month", "=", "2026-03-01"),
                ("report", "=", "callback_monthly"),
            ]
        )
        self.assertEqual(close.state, "frozen")
        figures = {v.kpi_id.code: v.value_text for v in close.main_value_ids}
        self.assertEqual(
            figures,
            {
                "callback_due": "1",
                "callback_carried_out": "100.0 %",
                "callback_successful": "100.0 %",
                "callback_satisfaction": "5.00",
            },
        )
        self.assertEqual(
            [v.value_text for v in close.question_value_ids], ["5.00", "4.00", "5.00"]
        )

    def customer_database(self, customer, car, repair):
        """CUS-31: purchases with VIN and date, services with odometer and amount."""
        customer = customer.with_user(self.consultant)
        purchase = customer.purchase_ids
        self.assertEqual(
            (purchase.vin_sn, str(purchase.date_from)), (car.vin_sn, "2025-02-03")
        )
        service = customer.repair_ids
        self.assertEqual(service.id, repair.id)
        self.assertEqual((service.odometer_in, service.amount_total), (24300, 300))
