# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import AFTER, ReportsCase

NPS = (10, 10, 9, 9, 8, 7, 7, 6, 3, 0)


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestSatisfactionBoard(ReportsCase):
    """SAT-06: CSI, SSI, NPS, rates with target, light and monthly snapshot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full = cls.env.ref("dealer_aftersales.survey_service_full")
        cls.full_policy = cls.make_policy(survey_id=cls.full.id)
        cls.sales_policy = cls.make_policy(
            survey_id=cls.env.ref("dealer_aftersales.survey_sales").id
        )

    def kpi(self, code):
        return self.env.ref(f"dealer_reports.kpi_satisfaction_{code}")

    def board(self, code, back=1, user=None):
        """The card as the client reads it; February is one month back."""
        kpi = self.kpi(code).with_user(user or self.care)
        self.env.invalidate_all()
        return kpi.with_context(dealer_months_back=back)

    def ask(self, survey, **values):
        """One answered callback; values by question code."""
        policy = self.full_policy if survey == "service" else self.sales_policy
        purpose = "after_service" if survey == "service" else "after_delivery"
        callback = self.make_due(1, policy_id=policy.id, purpose=purpose)
        callback.save_answers(
            {
                self.env.ref(f"dealer_aftersales.survey_{survey}_{code}").id: value
                for code, value in values.items()
            }
        )
        callback.action_save_answers()
        return callback

    def make_report(self, report="satisfaction"):
        return self.env["dealer.month.close"]._find_or_create(
            self.branch, self.month, report
        )

    def line(self, close, kpi, dimension=None):
        close.action_refresh()
        return close.value_ids.filtered(
            lambda v: v.kpi_id == kpi
            and (dimension is None or v.dimension_id == dimension.id)
        )

    def test_nps_of_the_worked_example(self):
        for value in NPS:
            self.ask("service", nps=value)
        line = self.line(self.make_report(), self.kpi("nps"))
        self.assertEqual((line.numerator, line.value_text), (10, "10.0 %"))
        self.assertEqual(line.share_text, "–")
        card = self.board("nps")
        self.assertEqual((card.board_value, card.board_count), ("10.0 %", 10))
        self.assertEqual(card.board_light, "red")
        action = card.action_board_records()
        self.assertEqual(
            self.env[action["res_model"]].search_count(action["domain"]), 10
        )

    def test_nps_may_be_negative(self):
        self.ask("service", nps=3)
        self.assertEqual(self.board("nps").board_value, "-100.0 %")

    def test_csi_and_ssi_are_kept_apart(self):
        self.ask("service", overall=5)
        self.ask("service", overall=3)
        self.ask("sales", overall=2)
        self.assertEqual(self.board("csi").board_value, "75.0")
        self.assertEqual(self.board("ssi").board_value, "25.0")
        self.assertEqual(self.board("csi").board_count, 2)

    def test_below_target_is_red_at_risk_amber_else_green(self):
        kpi = self.kpi("csi")
        self.ask("service", overall=4)  # 75 points
        for target, green, light in (
            (80, 85, "red"),
            (75, 85, "amber"),
            (70, 75, "green"),
            (70, 0, "green"),
        ):
            kpi.write({"target": target, "green_from": green})
            self.assertEqual(self.board("csi").board_light, light, (target, green))
        kpi.write({"has_target": False, "green_from": 0})
        self.assertEqual(self.board("csi").board_light, "none")
        with self.assertRaisesRegex(ValidationError, "Green from"):
            kpi.write({"has_target": True, "target": 80, "green_from": 70})

    def test_no_record_shows_a_dash_and_no_light(self):
        card = self.board("ssi")
        self.assertEqual((card.board_value, card.board_light), ("–", "none"))

    def test_rates_divide_by_due(self):
        callbacks = self.make_due(20)
        self.call(callbacks[:10])
        self.call(callbacks[10:16], "not_reached")
        self.answer(callbacks[:12] - callbacks[10:12], overall=5)
        self.assertEqual(self.board("carried_out").board_value, "80.0 %")
        # called in March, the windows ended in February
        self.assertEqual(self.board("in_time").board_value, "0.0 %")
        callbacks[:9].sudo().date_first_attempt = "2026-02-11 02:00:00"
        self.assertEqual(self.board("in_time").board_value, "45.0 %")
        self.assertEqual(self.board("successful").board_value, "50.0 %")

    def test_three_classes_are_counted(self):
        for value in (5, 5, 3, 1):
            self.ask("service", expectation=value)
        for code, text in (
            ("delighted", "50.0 %"),
            ("satisfied", "25.0 %"),
            ("disappointed", "25.0 %"),
        ):
            self.assertEqual(self.board(code).board_value, text)

    def test_snapshot_is_kept(self):
        self.ask("service", overall=5)
        close = self.make_report()
        close.action_freeze()
        self.ask("service", overall=1)
        self.kpi("csi").write({"target": 10, "green_from": 0})
        card = self.board("csi")
        self.assertTrue(card.board_kept)
        self.assertEqual((card.board_value, card.board_target), ("100.0", "80.0"))
        self.assertEqual(len(card.action_board_records()["domain"][0][2]), 1)
        self.assertIn("CSI", close.changed_since)

    def test_month_close_job_keeps_the_satisfaction_report(self):
        self.ask("service", overall=5)
        self.env["dealer.month.close"]._close_month(self.branch, self.month)
        close = self.make_report()
        self.assertEqual(close.state, "frozen")
        self.assertEqual(self.line(close, self.kpi("csi")).value_text, "100.0")

    def test_trend_and_month_before(self):
        self.ask("service", overall=5)
        before = self.ask("service", overall=1)
        before.sudo().date_due = "2026-01-10"
        card = self.board("csi")
        self.assertEqual(card.board_before, "0.0")
        [graph] = json.loads(card.board_trend)
        self.assertEqual(len(graph["values"]), 12)
        self.assertEqual(graph["values"][-1], {"x": "2026-02", "y": 100.0})
        self.assertEqual(graph["values"][-2], {"x": "2026-01", "y": 0.0})
        self.assertIsNone(graph["values"][0]["y"])

    def test_other_branch_has_its_own_figures(self):
        self.ask("service", overall=5)
        self.assertEqual(self.board("csi", user=self.care_north).board_value, "–")

    def test_board_shows_nothing_to_those_without_the_role(self):
        self.ask("service", overall=5)
        for user in (self.consultant, self.advisor, self.technician):
            card = self.board("csi", user=user)
            self.assertEqual(card.board_value, "–")
            with self.assertRaises(AccessError):
                card.action_board_records()
        self.assertEqual(self.board("csi", user=self.manager).board_value, "100.0")

    def test_passport_says_how_it_is_counted(self):
        action = self.board("csi").action_board_passport()
        self.assertEqual(action["res_id"], self.kpi("csi").id)
        for kpi in self.env["dealer.kpi"].search([("report", "=", "satisfaction")]):
            self.assertTrue(kpi.formula, kpi.name)

    def test_ratio_opens_what_it_was_divided_by(self):
        self.make_due(3)
        action = self.board("carried_out").action_board_denominator()
        self.assertEqual(self.env["dealer.callback"].search_count(action["domain"]), 3)

    def test_difference_needs_both_conditions(self):
        with self.assertRaisesRegex(ValidationError, "Less the Share of"):
            self.kpi("nps").minus_domain = False
        with self.assertRaises(ValidationError):
            self.kpi("nps").minus_domain = "[('no_such_field', '=', 1)]"

    def test_query_count_does_not_grow_with_records(self):
        kpis = self.env["dealer.kpi"].search(
            [("report", "=", "satisfaction"), ("dimension_field_id", "=", False)]
        )
        counts = []
        self.ask("service", overall=5, nps=9)
        for _run in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            kpis.with_user(self.care).read(["board_value", "board_trend"])
            counts.append(self.cr.sql_log_count - before)
            for _index in range(10):
                self.ask("service", overall=4, nps=3)
        self.assertLessEqual(counts[1], counts[0])

    def test_query_count_does_not_grow_with_open_months(self):
        kpis = self.env["dealer.kpi"].search(
            [("report", "=", "satisfaction"), ("dimension_field_id", "=", False)]
        )
        self.ask("service", overall=5, nps=9)
        self.ask("sales", overall=4)
        counts = {}
        # the first record's month: figures of 3, 7 and 12 open months
        for first, months in (("2026-01", 3), ("2025-09", 7), ("2025-04", 12)):
            old = self.ask("service", overall=4, nps=3) | self.ask("sales", overall=4)
            old.sudo().date_due = f"{first}-10"
            for _run in range(2):  # what the first one keeps in caches is no matter
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                cards = kpis.with_user(self.care)
                cards.read(["board_value", "board_trend"])
                counts[months] = self.cr.sql_log_count - before
            [graph] = json.loads(self.board("csi", back=0).board_trend)
            known = [point for point in graph["values"] if point["x"] == first]
            self.assertEqual(known, [{"x": first, "y": 75.0}])
        self.assertEqual(counts[3], counts[12])
        self.assertEqual(counts[3], counts[7])

    def test_months_at_once_are_the_months_one_by_one(self):
        for day in ("2026-01-31", "2026-02-01", "2026-02-28"):
            for values in ({"overall": 5, "nps": 9}, {"overall": 2, "nps": 3}):
                callback = self.ask("service", **values)
                callback.sudo().date_due = day
        repairs = self.make_repair("2026-01-31 16:30:00")  # 1 February there
        repairs |= self.make_repair("2026-01-31 15:30:00")
        months = [fields.Date.subtract(self.month, months=n) for n in (2, 1, 0)]
        kpis = self.env["dealer.kpi"].search(
            [("dimension_field_id", "=", False), ("date_field_id", "!=", False)]
        )
        self.assertGreater(len(kpis), 30)
        counted = set()
        for kpi in kpis:
            found = kpi._compute_months(self.branch, months)
            for month in months:
                end = fields.Date.end_of(month, "month")
                [line] = kpi._compute_lines(self.branch, month, end)
                for name in ("numerator", "denominator", "value", "share"):
                    with self.subTest(kpi=kpi.code, month=month, name=name):
                        self.assertEqual(found[month][name], line[name])
                counted |= {kpi.report} if line["numerator"] else set()
        self.assertLessEqual({"satisfaction", "management"}, counted)

    def test_sales_stand_apart_from_service(self):
        for value in (5, 4):
            self.ask("service", overall=value)
        self.ask("sales", overall=2)
        service = self.figure(self.make_close(), "satisfaction")
        self.assertEqual((service.numerator, service.value_text), (2, "4.50"))
        sales = self.make_report("callback_sales")
        line = self.line(
            sales, self.env.ref("dealer_reports.kpi_sales_callback_satisfaction")
        )
        self.assertEqual((line.numerator, line.value_text), (1, "2.00"))
        due = self.line(sales, self.env.ref("dealer_reports.kpi_sales_callback_due"))
        self.assertEqual(due.numerator, 1)

    def test_seed_rows_stay_first(self):
        self.ask("service", overall=5, repair=4)
        close = self.make_close()
        close.action_refresh()
        codes = []
        for line in close.value_ids.sorted("sequence"):
            if line.kpi_id.code not in codes:
                codes.append(line.kpi_id.code)
        self.assertEqual(
            codes,
            [
                "callback_due",
                "callback_carried_out",
                "callback_successful",
                "callback_satisfaction",
                "callback_questions",
                "callback_dimension",
            ],
        )
        self.assertEqual(close.breakdown_value_ids.kpi_id.code, "callback_dimension")

    def test_praise_ranks_among_no_problems(self):
        praise = self.env.ref("dealer_aftersales.issue_praise_work")
        self.make_due(3, issue_ids=[fields.Command.link(praise.id)])
        self.make_due(1, issue_ids=[fields.Command.link(self.issues[0].id)])
        lines = self.figure(self.make_close(), "issues")
        self.assertEqual(lines.dimension_id, self.issues[0].id)
