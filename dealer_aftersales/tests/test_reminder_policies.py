# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReminderPolicies(AftersalesCase):
    """Inspection, end of warranty, recall of customers, re-check of complaints."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"company_id": cls.branch.id, "file_state": "filed"})
        cls.car.company_id = cls.branch

    def use(self, name, **values):
        policy = self.env.ref(f"dealer_aftersales.policy_{name}")
        policy.write({"active": True, "date_start": "2026-01-01", **values})
        return policy

    def run_mine(self, policy):
        return self.run_policy(policy).filtered(lambda c: c.partner_id == self.customer)

    def test_inspection_is_announced_a_month_before_and_again_next_time(self):
        policy = self.use("inspection_due")
        self.car.inspection_due_date = "2026-04-09"
        made = self.run_mine(policy)
        self.assertEqual((made.vehicle_id, str(made.date_due)), (self.car, TODAY))
        self.assertIn("04/09/2026", made.reason)
        self.assertFalse(self.run_mine(policy))
        self.car.inspection_due_date = "2026-04-05"
        policy._cancel_outdated(self.branch)
        self.env.invalidate_all()
        self.assertEqual(made.state, "cancelled", "the day moved")
        self.assertEqual(len(self.run_mine(policy)), 1)

    def test_inspection_date_is_on_the_card_and_at_the_desk(self):
        self.car.inspection_due_date = "2026-04-09"
        facts = [fact[0] for fact in self.car._get_desk_facts()]
        self.assertIn("Periodic inspection", facts)
        field = self.env.ref("dealer_aftersales.import_field_vehicle_inspection_due")
        self.assertEqual(field.target, "inspection_due_date")

    def test_warranty_end_is_announced(self):
        policy = self.use("warranty_end")
        self.car.warranty_end_date = "2026-04-08"
        self.assertEqual(str(self.run_mine(policy).date_due), "2026-03-09")

    def become(self, state):
        """As the nightly job judges it: the state with its day."""
        self.branch.write(
            {
                "lifecycle_at_risk_days": 30,
                "lifecycle_lost_days": 60 if state == "lost" else 0,
            }
        )
        self.make_repair("2026-01-05 04:00:00")
        self.customer._refresh_lifecycle("time")
        self.assertEqual(self.customer.lifecycle, state)
        self.assertEqual(str(self.customer.lifecycle_date), TODAY)

    def test_at_risk_customer_is_recalled_once_and_a_visit_ends_it(self):
        policy = self.use("at_risk")
        self.become("at_risk")
        made = self.run_mine(policy)
        self.assertEqual(str(made.date_due), TODAY)
        self.assertFalse(self.run_mine(policy))
        self.make_repair("2026-03-09 04:00:00")
        self.customer._refresh_lifecycle("repair")
        self.assertEqual(self.customer.lifecycle, "active")
        policy._cancel_outdated(self.branch)
        self.env.invalidate_all()
        self.assertEqual(made.state, "cancelled")

    def test_lost_customer_is_won_back(self):
        self.become("lost")
        self.assertEqual(len(self.run_mine(self.use("lost"))), 1)
        self.assertFalse(self.run_mine(self.use("at_risk")))

    def test_closed_complaint_is_asked_about_a_week_later(self):
        complaint = self.env["dealer.complaint"].create(
            {
                "partner_id": self.customer.id,
                "vehicle_id": self.car.id,
                "content": "Noise",
                "company_id": self.branch.id,
            }
        )
        policy = self.use("complaint_recheck")
        self.assertFalse(self.run_mine(policy))
        complaint.sudo().write({"state": "closed", "date_closed": NOW})
        made = self.run_mine(policy)
        self.assertEqual(str(made.date_due), "2026-03-17")
        self.assertEqual((made.purpose, made.vehicle_id), ("complaint", self.car))

    def test_former_owner_is_not_reminded_of_the_car_he_sold(self):
        contract_policy = self.make_policy(
            "dealer.declined.work",
            "date_due",
            purpose="reminder",
            filed_only=False,
            survey_id=False,
        )
        self.assertIn("sold", contract_policy._get_row_refusals())
        self.assertNotIn("sold", self.policy._get_row_refusals())
        self.policy.write({"purpose": "reminder", "filed_only": False})
        self.make_repair("2026-03-07 04:00:00")
        other = self.make_customer("Next Owner")
        self.car._transfer_ownership(other, self.car._fields["purchase_date"].today())
        self.assertFalse(self.run_mine(self.policy))

    def test_bringer_who_never_owned_the_car_is_asked(self):
        bringer = self.make_customer("Bringer", file_state="filed")
        self.policy.purpose = "reminder"
        self.make_repair("2026-03-07 04:00:00", bringer_id=bringer.id)
        self.assertEqual(self.run_policy().partner_id, bringer)

    def test_duties_are_never_cancelled_by_the_job(self):
        repair = self.make_repair("2026-03-07 04:00:00")
        made = self.run_policy()
        self.policy.domain = "[('id', '=', 0)]"
        self.assertEqual(self.policy._cancel_outdated(self.branch), 0)
        self.assertEqual((made.state, made.repair_id), ("planned", repair))

    def test_a_call_with_an_attempt_is_history(self):
        policy = self.use("inspection_due")
        self.car.inspection_due_date = "2026-04-09"
        made = self.run_mine(policy)
        made.action_log_attempt("not_reached")
        self.car.inspection_due_date = False
        policy._cancel_outdated(self.branch)
        self.env.invalidate_all()
        self.assertEqual(made.state, "planned")

    def test_gift_is_given_once_and_stands_in_the_ledger(self):
        policy = self.use("inspection_due", gift="Car wash")
        self.car.inspection_due_date = "2026-04-09"
        made = self.run_mine(policy).with_user(self.care)
        made.action_give_gift()
        self.assertEqual(made.gift_given, "Car wash")
        entry = self.env["dealer.contact"].search(
            [("partner_id", "=", self.customer.id), ("content", "ilike", "Car wash")]
        )
        self.assertEqual((entry.user_id, entry.direction), (self.care, "out"))
        self.assertEqual((made.state, made.attempt_count), ("planned", 0))
        with self.assertRaises(UserError):
            made.action_give_gift()
        made.action_take_back_gift()
        self.assertFalse(made.gift_given)
