# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, AftersalesCase

START = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLifecycleService(AftersalesCase):
    """Active, at risk, lost: what the workshop adds to the life cycle."""

    def run_job(self):
        cron = self.env.ref("dealer_crm.ir_cron_update_lifecycle")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def steps(self, partner):
        logs = self.env["dealer.lifecycle.log"].search(
            [("partner_id", "=", partner.id)], order="id"
        )
        return [(log.state_to, log.event, str(log.date.date())) for log in logs]

    def at(self, days):
        return freeze_time(f"{START + timedelta(days=days)} 04:00:00")

    def confirm_order(self, partner, lead=None):
        lead = lead or self.make_lead(partner_id=partner.id)
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "opportunity_id": lead.id,
                "user_id": self.consultant.id,
            }
        )
        order.with_user(self.consultant).action_confirm()

    def deliver_car(self, partner, **values):
        car = self.make_car(trade_state="in_stock", origin="own_sale")
        car.with_user(self.consultant).write(
            {"trade_state": "customer", "owner_id": partner.id, **values}
        )
        return car

    def serve(self, car):
        repair = self.make_repair(vehicle_id=car.id, partner_id=car.owner_id.id)
        repair.with_user(self.advisor).action_deliver()

    def test_one_customer_from_the_visit_to_the_second_purchase(self):
        lead = self.make_lead()
        self.log_contact(lead, channel="visit")
        with self.at(1):
            partner = self.make_customer()
            lead.partner_id = partner
        with self.at(5):
            self.confirm_order(partner, lead)
        with self.at(20):
            car = self.deliver_car(partner, purchase_date=START + timedelta(days=20))
        with self.at(100):
            self.serve(car)
        for days in (279, 280, 464, 465, 466):
            with self.at(days):
                self.run_job()
        with self.at(500):
            self.confirm_order(partner)
        with self.at(520):
            self.deliver_car(partner, purchase_date=START + timedelta(days=520))
        with self.at(600):
            self.serve(car)
        self.assertEqual(
            self.steps(partner),
            [
                ("prospect", "file", "2026-03-11"),
                ("order", "order", "2026-03-15"),
                ("owner", "car", "2026-03-30"),
                ("active", "repair", "2026-06-18"),
                ("at_risk", "time", "2026-12-15"),
                ("lost", "time", "2027-06-18"),
                ("order", "order", "2027-07-23"),
                ("repurchase", "car", "2027-08-12"),
                ("active", "repair", "2027-10-31"),
            ],
        )

    def test_visit_of_the_car_counts_for_its_owner_whoever_pays(self):
        self.car.purchase_date = "2026-02-01"
        payer = self.make_customer("Qian Payer")
        repair = self.make_repair(partner_id=payer.id)
        repair.with_user(self.advisor).action_deliver()
        self.assertEqual(self.customer.lifecycle, "active")
        self.assertEqual(payer.lifecycle, "active")

    def test_visit_before_the_purchase_is_the_former_owners(self):
        self.make_repair("2026-01-10 04:00:00")
        buyer = self.make_customer("Next Owner")
        self.car.write({"owner_id": buyer.id, "purchase_date": "2026-03-01"})
        self.assertEqual(buyer.lifecycle, "owner")

    def test_undone_delivery_goes_back(self):
        self.car.purchase_date = "2026-02-01"
        self.assertEqual(self.customer.lifecycle, "owner")
        repair = self.make_repair()
        repair.with_user(self.advisor).action_deliver()
        repair.with_user(self.advisor).action_undo_delivery()
        self.assertEqual(self.customer.lifecycle, "owner")
        self.assertEqual(
            [step[:2] for step in self.steps(self.customer)][-2:],
            [("active", "repair"), ("owner", "repair")],
        )

    def test_imported_history_is_judged_as_a_whole(self):
        self.make_repairs(5, "2025-01-10 04:00:00")
        self.assertEqual(self.customer.lifecycle, "lost")
        before = len(self.steps(self.customer))
        self.make_repairs(5, "2026-03-01 04:00:00")
        self.assertEqual(self.customer.lifecycle, "active")
        self.assertEqual(len(self.steps(self.customer)), before + 1)

    def test_each_branch_has_its_own_limits(self):
        self.make_repair("2026-02-01 04:00:00")
        self.branch.lifecycle_at_risk_days = 30
        self.run_job()
        self.assertEqual(self.customer.lifecycle, "at_risk")
        self.branch.write({"lifecycle_at_risk_days": 0, "lifecycle_lost_days": 0})
        self.run_job()
        self.assertEqual(self.customer.lifecycle, "active")

    @mute_logger("odoo.sql_db")
    def test_lost_before_at_risk_is_refused(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.branch.write({"lifecycle_lost_days": 10})
            self.branch.flush_recordset()

    def test_job_twice_gives_the_same(self):
        self.make_repair("2025-01-10 04:00:00")
        self.run_job()
        steps = self.steps(self.customer)
        self.run_job()
        self.assertEqual(self.steps(self.customer), steps)
