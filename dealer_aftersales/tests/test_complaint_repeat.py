# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintRepeat(ComplaintCase):
    """CMP-03 the same cause again, CMP-04 the fault is put right."""

    def make_caused(self, name="Other Owner", **values):
        person = self.make_customer(name)
        values = {"partner_id": person.id, "vehicle_id": False, **values}
        return self.make_complaint(cause_id=self.cause.id, **values)

    def get_measures(self):
        return self.env["dealer.corrective.action"].search(
            [("cause_id", "=", self.cause.id), ("company_id", "=", self.branch.id)]
        )

    def test_the_same_cause_within_the_months_is_flagged(self):
        first = self.make_caused(date_received="2025-10-01 04:00:00")
        old = self.make_caused(date_received="2025-08-01 04:00:00")
        second = self.make_caused()
        self.assertFalse(first.is_repeat)
        self.assertFalse(old.is_repeat)
        self.assertTrue(second.is_repeat)
        self.assertFalse(second.is_repeat_customer)
        self.assertEqual(second.repeat_of_id, first)
        again = self.make_caused(partner_id=second.partner_id.id)
        self.assertTrue(again.is_repeat_customer)
        self.assertEqual(again.repeat_of_id, second)
        again.cause_id = self.env.ref("dealer_aftersales.cause_part_missing")
        self.assertFalse(again.is_repeat)

    def test_the_third_proposes_one_preventive_measure(self):
        cases = self.make_caused() | self.make_caused()
        self.assertFalse(self.get_measures())
        third = self.make_caused()
        measure = self.get_measures()
        self.assertRecordValues(
            measure,
            [{"kind": "preventive", "state": "draft", "cause_id": self.cause.id}],
        )
        self.assertEqual(measure.complaint_ids.sudo(), (cases | third).sudo())
        fourth = self.make_caused()
        self.assertEqual(self.get_measures(), measure)
        self.assertIn(fourth.sudo(), measure.complaint_ids.sudo())
        self.assertEqual(fourth.sudo().action_ids, measure)

    def test_withdrawn_ones_other_branches_and_suggestions_do_not_count(self):
        self.make_caused().action_withdraw("By mistake")
        self.make_caused(kind="suggestion")
        self.make_caused(date_received="2025-01-01 04:00:00")
        self.make_caused()
        self.make_caused()
        self.assertFalse(self.get_measures())

    def test_the_branch_decides_how_many(self):
        self.branch.complaint_repeat_count = 0
        for _time in range(4):
            self.make_caused()
        self.assertFalse(self.get_measures())

    def test_a_measure_by_one_click(self):
        complaint = self.make_complaint(self.service_manager, cause_id=self.cause.id)
        action = complaint.action_make_measure()
        measure = self.env["dealer.corrective.action"].browse(action["res_id"])
        self.assertEqual(measure.complaint_ids.sudo(), complaint.sudo())
        self.assertEqual(measure.kind, "corrective")

    def test_rework_is_an_order_on_the_same_car(self):
        visit = self.make_repair("2026-03-05 04:00:00", advisor_id=self.advisor.id)
        complaint = self.make_complaint(kind="technical", repair_id=visit.id)
        action = complaint.with_user(self.service_manager).action_make_rework()
        order = self.env["repair.order"].browse(action["res_id"])
        self.assertRecordValues(
            order,
            [
                {
                    "vehicle_id": self.car.id,
                    "partner_id": self.customer.id,
                    "service_kind": "comeback",
                    "complaint_id": complaint.id,
                    "guarantee_repair_id": visit.id,
                    "advisor_id": self.advisor.id,
                    "service_state": "appointment",
                }
            ],
        )
        self.assertEqual(order.concern_ids.name, complaint.content)
        self.assertEqual(complaint.rework_ids, order)
        line = self.env["dealer.repair.labor"].create(
            {"repair_id": order.id, "name": "Brakes", "hours": 1, "price_unit": 100}
        )
        self.assertEqual(line.payer, "internal")
        with self.assert_refused(UserError, "open already"):
            complaint.with_user(self.service_manager).action_make_rework()

    def test_nothing_is_carried_out_before_the_rework(self):
        complaint = self.tell_story(self.make_complaint(kind="technical"))
        complaint.with_user(self.service_manager).action_make_rework()
        complaint.write({"state": "proposed"})
        complaint.action_agree()
        with self.assert_refused(UserError, "is not finished"):
            complaint.action_carry_out()
        complaint.sudo().rework_ids.action_repair_cancel()
        complaint.action_carry_out()
        self.assertEqual(complaint.state, "done")

    def test_rework_needs_a_car_and_the_right(self):
        complaint = self.make_complaint(vehicle_id=False)
        with self.assert_refused(UserError, "Vehicle"):
            complaint.with_user(self.service_manager).action_make_rework()
        with self.assertRaises(AccessError):
            self.make_complaint().action_make_rework()
        order = self.make_repair()
        with self.assertRaises(AccessError):
            order.with_user(self.advisor).complaint_id = complaint
