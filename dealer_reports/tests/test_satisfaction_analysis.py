# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import AFTER, ReportsCase


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestSatisfactionAnalysis(ReportsCase):
    """SAT-04, SAT-08, SAT-09: answers by question, person, model, version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.own_car = cls.make_car(owner_id=cls.customer.id)
        cls.own_car.sales_user_id = cls.consultant
        cls.other_car = cls.make_car(owner_id=cls.make_customer("Other").id)
        cls.other_car.sales_user_id = cls.colleague
        cls.sales = cls.env.ref("dealer_aftersales.survey_sales")
        cls.sales_policy = cls.make_policy(survey_id=cls.sales.id)
        cls.sales_overall = cls.env.ref("dealer_aftersales.survey_sales_overall")

    def sell(self, car, score, **values):
        callback = self.make_due(
            1,
            policy_id=self.sales_policy.id,
            purpose="after_delivery",
            vehicle_id=car.id,
            partner_id=car.owner_id.id,
            **values,
        )
        callback.save_answers({self.sales_overall.id: score})
        callback.action_save_answers()
        return callback

    def group(self, by, field="value", user=None, **domain):
        rows = (
            self.env["dealer.callback.answer"]
            .with_user(user or self.care)
            ._read_group(
                [(key, "=", value) for key, value in domain.items()],
                [by],
                [f"{field}:avg", "__count"],
            )
        )
        return {key: (value, count) for key, value, count in rows}

    def test_score_per_consultant_is_the_mean_of_own_customers(self):
        for score in (5, 4):
            self.sell(self.own_car, score)
        self.sell(self.other_car, 1)
        found = self.group("sales_user_id", satisfaction_area="sales")
        self.assertEqual(found[self.consultant], (4.5, 2))
        self.assertEqual(found[self.colleague], (1, 1))
        close = self.env["dealer.month.close"]._find_or_create(
            self.branch, self.month, "callback_sales"
        )
        close.action_refresh()
        lines = close.breakdown_value_ids.filtered(
            lambda v: v.kpi_id.code == "sales_callback_consultant"
        )
        figures = {line.dimension_id: line.value_text for line in lines}
        self.assertEqual(
            figures, {self.consultant.id: "4.50", self.colleague.id: "1.00"}
        )

    def test_consultant_of_the_order_goes_first(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.colleague.id}
        )
        self.sell(self.own_car, 3, sale_order_id=order.id)
        self.assertEqual(list(self.group("sales_user_id")), [self.colleague])

    def test_by_advisor_model_channel_and_month(self):
        repair = self.make_repair("2026-02-07 04:00:00", advisor_id=self.advisor.id)
        first, second = self.make_due(2)
        first.repair_id = repair
        second.channel = "wechat"
        self.answer(first, overall=5, advisor=4)
        self.answer(second, overall=2)
        self.assertEqual(self.group("advisor_id")[self.advisor], (4.5, 2))
        model = self.car.model_id
        self.assertAlmostEqual(self.group("vehicle_model_id")[model][0], 11 / 3)
        self.assertEqual(self.group("channel")["wechat"], (2, 1))
        [(month, value)] = self.env["dealer.callback.answer"]._read_group(
            [("company_id", "=", self.branch.id)], ["date_due:month"], ["value:avg"]
        )
        self.assertEqual(str(month)[:7], "2026-02")
        self.assertAlmostEqual(value, 11 / 3)

    def test_points_per_dimension(self):
        callback = self.make_due(1, policy_id=self.sales_policy.id)
        values = {"advice": 5, "handover": 3, "manner": 1}
        callback.save_answers(
            {
                self.env.ref(f"dealer_aftersales.survey_sales_{code}").id: value
                for code, value in values.items()
            }
        )
        callback.action_save_answers()
        found = self.group("satisfaction_dimension_id", "points")
        content = self.env.ref("dealer_aftersales.dimension_content")
        culture = self.env.ref("dealer_aftersales.dimension_culture")
        self.assertEqual(found, {content: (75, 2), culture: (0, 1)})

    def test_question_goes_on_over_versions(self):
        self.answer(self.make_due(1, date_due="2026-01-10"), overall=5)
        action = self.survey.action_new_version()
        new = self.env["survey.survey"].browse(action["res_id"])
        copy = new.question_ids.filtered(lambda q: q.version_root_id == self.overall)
        copy.title = "All in all, how was it?"
        callback = self.make_due(1)
        callback.save_answers({copy.id: 3})
        callback.action_save_answers()
        self.assertEqual(self.group("root_question_id")[self.overall], (4, 2))
        self.assertEqual(self.group("question_id")[copy], (3, 1))
        line = self.figure(self.make_close(), "questions", self.overall)
        self.assertEqual((line.value_text, line.previous_text), ("3.00", "5.00"))
        self.assertEqual(line.label, copy.title)

    def test_consultant_and_advisor_read_their_own(self):
        self.sell(self.own_car, 5)
        self.sell(self.other_car, 1)
        repair = self.make_repair("2026-02-07 04:00:00", advisor_id=self.advisor.id)
        service = self.make_due(1, repair_id=repair.id)
        self.answer(service, overall=4)
        answers = self.env["dealer.callback.answer"]
        own = answers.with_user(self.consultant).search([])
        self.assertEqual(own.mapped("value"), [5])
        own = answers.with_user(self.advisor).search([])
        self.assertEqual(own.mapped("value"), [4])
        self.assertEqual(len(answers.with_user(self.manager).search([])), 3)
        with self.assertRaises(AccessError):
            answers.with_user(self.technician).search([])
        with self.assertRaises(AccessError):
            service.with_user(self.advisor).save_answers({self.overall.id: 5})

    def test_remarks_by_tag_and_sentiment(self):
        wait = self.env.ref("dealer_aftersales.issue_wait_time")
        praise = self.env.ref("dealer_aftersales.issue_praise_people")
        first, second = self.make_due(2)
        first.issue_ids = wait | praise
        second.remark = "等太久"
        self.env["dealer.complaint"].create(
            {
                "partner_id": self.customer.id,
                "vehicle_id": self.car.id,
                "content": "waited too long",
                "company_id": self.branch.id,
            }
        )
        self.env.flush_all()
        report = self.env["dealer.remark.report"].with_user(self.care)
        rows = report._read_group(
            [("company_id", "=", self.branch.id)],
            ["issue_id", "sentiment"],
            ["__count"],
        )
        self.assertEqual(
            sorted((tag.code, mood, count) for tag, mood, count in rows),
            [("praise_people", "positive", 1), ("wait_time", "negative", 3)],
        )
        by_rule = report.search([("is_by_rule", "=", True)])
        self.assertEqual(set(by_rule.mapped("source")), {"callback", "complaint"})
        action = by_rule[0].action_open_record()
        self.assertTrue(self.env[action["res_model"]].browse(action["res_id"]).exists())
        self.assertFalse(report.with_user(self.care_north).search([]))
