# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.addons.dealer_aftersales.tests.common import NOW
from odoo.addons.dealer_aftersales.tests.complaint_common import ComplaintCase
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
CAUSES = {
    # cause: complaints of March
    "process_waiting": 4,
    "part_missing": 2,
    "person_skill": 2,
    "process_price": 1,
    "communication_promise": 1,
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintFigures(ComplaintCase):
    """CMP-02 the Pareto in the right order, CMP-05 the rates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.complaint_repeat_count = 0

    @classmethod
    def get_cause(cls, code):
        return cls.env.ref(f"dealer_aftersales.cause_{code}")

    @classmethod
    def make_caused(cls, code, count=1, **values):
        complaints = cls.env["dealer.complaint"].with_user(cls.care)
        return complaints.union(
            *(
                cls.make_complaint(
                    cause_id=cls.get_cause(code).id,
                    partner_id=cls.make_customer().id,
                    vehicle_id=False,
                    **values,
                )
                for _index in range(count)
            )
        )

    def get_pareto(self, user=None, **context):
        self.env.flush_all()
        self.env.invalidate_all()
        pareto = self.env["dealer.complaint.pareto"].with_user(user or self.care)
        return pareto.with_context(**context).search([])

    def test_pareto_ranks_shares_and_keeps_ties_in_order(self):
        for code, count in CAUSES.items():
            self.make_caused(code, count)
        lines = self.get_pareto()
        wanted = [
            ("process_waiting", 4, 0.4, 0.4),
            ("person_skill", 2, 0.2, 0.6),
            ("part_missing", 2, 0.2, 0.8),
            ("process_price", 1, 0.1, 0.9),
            ("communication_promise", 1, 0.1, 1.0),
        ]
        self.assertEqual(lines.mapped("position"), [1, 2, 3, 4, 5])
        for line, (code, count, share, total) in zip(lines, wanted, strict=True):
            self.assertEqual(line.cause_id.sudo(), self.get_cause(code).sudo())
            self.assertEqual(line.complaint_count, count)
            self.assertAlmostEqual(line.share, share)
            self.assertAlmostEqual(line.share_sum, total)
        self.assertEqual(lines[0].repeat_count, 3)

    def test_a_line_opens_its_complaints(self):
        made = self.make_caused("process_waiting", 3)
        self.make_caused("process_waiting", kind="suggestion")
        self.make_caused("process_waiting").action_withdraw("By mistake")
        old = self.make_caused("process_waiting", date_received="2024-03-01 04:00:00")
        line = self.get_pareto()
        self.assertEqual(line.complaint_count, 3)
        action = line.action_open_complaints()
        found = self.env["dealer.complaint"].search(action["domain"])
        self.assertEqual(set(found.ids), set(made.ids))
        line = self.get_pareto(pareto_months=0)
        self.assertEqual(line.complaint_count, 4)
        action = line.action_open_complaints()
        found = self.env["dealer.complaint"].search(action["domain"])
        self.assertIn(old.id, found.ids)

    def test_main_causes_sum_up_the_tree(self):
        self.make_caused("process_waiting", 2)
        self.make_caused("process_price", 2)
        self.make_caused("person_skill", 3)
        lines = self.get_pareto(pareto_top=1)
        causes = [self.get_cause("process").id, self.get_cause("person").id]
        self.assertEqual(lines.cause_id.ids, causes)
        self.assertEqual(lines.mapped("complaint_count"), [4, 3])
        action = lines[0].action_open_complaints()
        self.assertEqual(self.env["dealer.complaint"].search_count(action["domain"]), 4)

    def test_causes_of_other_branches_and_other_roles(self):
        self.make_caused("process_waiting")
        self.assertTrue(self.get_pareto(self.service_manager))
        self.assertFalse(self.get_pareto(self.care_north))
        for user in (self.advisor, self.consultant):
            with self.assertRaises(AccessError):
                self.get_pareto(user)

    def figure(self, code):
        kpi = self.env.ref(f"dealer_reports.kpi_{code}")
        return kpi._compute_lines(self.branch, *MARCH)[0]

    def test_rates_equal_the_hand_count(self):
        start = "2026-03-02 04:00:00"
        cases = self.make_caused("process_waiting", 4, date_received=start)
        self.make_caused("process_waiting", date_received=start).action_withdraw("x")
        need = self.make_complaint(kind="need", date_received=start, answer="Yes")
        for case in cases:
            self.tell_story(case)
        with freeze_time("2026-03-02 10:00:00"):
            cases[:2].action_answer()  # within eight hours
        with freeze_time("2026-03-03 04:00:00"):
            cases[2].action_answer()
            cases[0].write({"state": "closed"})  # within forty hours
            need.action_answer()
        with freeze_time("2026-03-09 04:00:00"):
            cases[1].write({"state": "closed"})
        for code, numerator, denominator in (
            ("complaint_answer", 2, 4),
            ("complaint_closed", 2, 4),
            ("complaint_close_in_time", 1, 2),
            ("feedback_answer", 1, 1),
        ):
            line = self.figure(code)
            counts = (line["numerator"], line["denominator"])
            self.assertEqual(counts, (numerator, denominator), code)
            self.assertEqual(len(line["record_ids"]), numerator)

    def test_nothing_received_is_no_rate(self):
        self.assertIsNone(self.figure("complaint_answer")["value"])
