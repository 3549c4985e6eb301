# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NOW, DealerCrmCase

TEXTS = {
    "market_analysis": "Families, two makers nearby",
    "strategy": "Test drives on two weekends",
    "creative": "Autumn leaves",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCampaign(DealerCrmCase):
    """Plan, approval, live figures and return of a campaign (MKT-01 … MKT-04)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.make_campaign()

    @classmethod
    def make_campaign(cls, **values):
        return cls.env["utm.campaign"].create(
            {
                "title": "Autumn drives",
                "company_id": cls.branch.id,
                "goal_leads": 20,
                "budget_ids": [
                    Command.create({"name": "Radio", "amount_planned": 100000})
                ],
                **TEXTS,
                **values,
            }
        )

    def approve(self, campaign=None):
        campaign = campaign or self.campaign
        campaign.with_user(self.manager).action_submit("please")
        campaign.with_user(self.director).action_approve()

    def test_five_parts_are_required(self):
        bare = self.env["utm.campaign"].create({"title": "Bare"})
        with self.assert_refused(
            UserError, "Goal, Market Analysis, Strategy, Creative Idea, Budget missing"
        ):
            bare.with_user(self.manager).action_submit()
        for name in TEXTS:
            with self.subTest(part=name):
                campaign = self.make_campaign(title=name, **{name: " "})
                label = campaign._fields[name]._description_string(self.env)
                with self.assert_refused(UserError, f"{label} missing"):
                    campaign.with_user(self.manager).action_submit()

    def test_part_lost_on_the_way_stops_the_approval(self):
        self.campaign.with_user(self.manager).action_submit()
        self.campaign.strategy = False
        with self.assert_refused(UserError, "Strategy missing"):
            self.campaign.with_user(self.director).action_approve()

    def test_another_manager_approves(self):
        mine = self.campaign.with_user(self.manager)
        mine.action_submit()
        with self.assert_refused(AccessError, "another person"):
            mine.action_approve()
        self.campaign.with_user(self.director).action_approve()
        self.assertEqual(self.campaign.dealer_state, "approved")

    def test_approved_plan_is_changed_only_after_taking_it_back(self):
        self.approve()
        mine = self.campaign.with_user(self.manager)
        with self.assert_refused(UserError, "take it back"):
            mine.strategy = "Cheaper"
        with self.assert_refused(UserError, "take it back"):
            mine.budget_ids.amount_planned = 1
        mine.budget_ids.amount_actual = 90000
        mine.action_reset_plan()
        mine.strategy = "Cheaper"
        self.assertEqual((mine.approval_state, mine.dealer_state), ("draft", "draft"))

    def test_copy_brings_budget_and_tasks_along_without_their_results(self):
        self.make_task(user_id=self.consultant.id)
        self.campaign.budget_ids.amount_actual = 7
        self.approve()
        copy = self.campaign.with_user(self.manager).copy({"title": "Next year"})
        self.assertEqual((copy.dealer_state, copy.approval_state), ("draft", "draft"))
        self.assertEqual(copy.budget_ids.mapped("amount_planned"), [100000])
        self.assertEqual(copy.budget_ids.mapped("amount_actual"), [0])
        self.assertEqual(copy.task_ids.mapped("name"), ["Print"])

    def test_steps_in_their_order(self):
        mine = self.campaign.with_user(self.manager)
        with self.assert_refused(UserError, "Only an approved"):
            mine.action_start()
        self.approve()
        mine.action_start()
        with self.assert_refused(UserError, "Lessons learned"):
            mine.action_evaluate()
        mine.write({"lessons": "Too late", "improvement": "Earlier"})
        mine.action_evaluate()
        self.assertEqual(str(mine.date_evaluated), "2026-03-10")
        with self.assert_refused(UserError, "evaluated"):
            mine.budget_ids.amount_actual = 1
        mine.action_reopen()
        self.assertEqual(mine.dealer_state, "running")

    def test_nobody_sets_the_state_by_hand(self):
        with self.assert_refused(AccessError, "buttons only"):
            self.campaign.with_user(self.director).dealer_state = "running"
        campaigns = self.env["utm.campaign"].with_user(self.director)
        made = campaigns.with_context(default_dealer_state="running").create(
            {"title": "Forged", "dealer_state": "evaluated"}
        )
        self.assertEqual(made.dealer_state, "draft")
        with self.assert_refused(AccessError, "buttons only"):
            self.campaign.with_user(self.director).approval_state = "approved"

    def test_consultants_read_and_plan_nothing(self):
        mine = self.campaign.with_user(self.consultant)
        self.assertEqual(mine.strategy, TEXTS["strategy"])
        with self.assert_refused(AccessError, "managers"):
            mine.title = "Mine"
        with self.assert_refused(AccessError, "managers"):
            mine.action_submit()
        with self.assert_refused(AccessError, "."):
            mine.read(["cost_actual"])
        with self.assert_refused(AccessError, "."):
            mine.read(["budget_ids"])

    def test_plain_users_keep_core_campaigns(self):
        plain = new_test_user(self.env, "test_plain_utm", "base.group_user")
        made = self.env["utm.campaign"].with_user(plain).create({"title": "Plain"})
        made.title = "Plain two"
        self.assertTrue(made.copy({"title": "Plain three"}))
        with self.assert_refused(AccessError, "managers"):
            made.strategy = "Ours"

    def make_traffic(self):
        lead, other = self.make_lead(campaign_id=self.campaign.id), self.make_lead()
        lost = self.make_lead(campaign_id=self.campaign.id, active=False)
        contacts = self.env["dealer.contact"].sudo()
        rows = (
            (lead, "visit", "look", "reached"),
            (lead, "visit", "test_drive", "reached"),
            (lead, "phone", "follow_up", "reached"),
            (other, "visit", "look", "reached"),
        )
        for record, channel, purpose, outcome in rows:
            contacts.create(
                {
                    "lead_id": record.id,
                    "channel": channel,
                    "purpose": purpose,
                    "outcome": outcome,
                    "user_id": self.consultant.id,
                    "company_id": self.branch.id,
                }
            )
        return lead, other, lost

    def sell(self, lead, price, **values):
        product = self.env["product.product"].create(
            {"name": "Car", "type": "service", "taxes_id": False}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.make_customer().id,
                "company_id": self.branch.id,
                "opportunity_id": lead.id if lead else False,
                "order_line": [
                    Command.create({"product_id": product.id, "price_unit": price})
                ],
                **values,
            }
        )
        order.state = "sale"
        return order

    def test_counts_follow_the_leads(self):
        lead, other, lost = self.make_traffic()
        self.sell(lead, 500000)
        self.sell(other, 300000)
        direct = self.sell(None, 200000, campaign_id=self.campaign.id)
        campaign = self.campaign.with_user(self.manager)
        self.assertEqual(
            (campaign.lead_count, campaign.visit_count, campaign.drive_count),
            (2, 1, 1),
        )
        self.assertEqual((campaign.order_count, campaign.revenue), (2, 700000))
        for action, count in (
            (campaign.action_view_leads(), 2),
            (campaign.action_view_visits(), 1),
            (campaign.action_view_drives(), 1),
            (campaign.action_view_orders(), 2),
        ):
            model = self.env[action["res_model"]].with_user(self.manager)
            found = model.with_context(active_test=False).search(action["domain"])
            self.assertEqual(len(found), count, action["display_name"])
        other.campaign_id = self.campaign
        direct.campaign_id = False
        self.env.invalidate_all()
        self.assertEqual((campaign.lead_count, campaign.order_count), (3, 2))
        self.assertEqual(campaign.visit_count, 2)

    def test_return_of_a_budget_by_hand(self):
        """Seed 004: 100 000 spent, 130 000 margin: 30 %."""
        campaign = self.campaign.with_user(self.manager)
        self.assertEqual(campaign.roi_text, "–")
        campaign.budget_ids.amount_actual = 100000
        campaign.margin_entered = 130000
        self.assertAlmostEqual(campaign.roi, 0.3)
        self.assertEqual(campaign.roi_text, "30.0 %")
        self.assertEqual(campaign.margin_source, "entered")

    def test_margin_comes_from_the_orders_where_they_know_it(self):
        if "margin" not in self.env["sale.order"]._fields:
            self.skipTest("sale_margin is not installed")
        order = self.sell(self.make_lead(campaign_id=self.campaign.id), 500)
        order.order_line.purchase_price = 370
        campaign = self.campaign.with_user(self.manager)
        campaign.budget_ids.amount_actual = 100
        self.assertEqual((campaign.margin, campaign.margin_source), (130, "orders"))
        self.assertEqual(campaign.roi_text, "30.0 %")

    def test_a_list_costs_the_same_for_one_and_for_many(self):
        names = ["lead_count", "visit_count", "order_count", "roi_text", "cost_planned"]
        names += ["task_late_count"]
        many = self.campaign
        for number in range(12):
            many |= self.make_campaign(title=f"No {number}")

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.manager).read(names)
            return self.env.cr.sql_log_count - before

        count(many)
        self.assertLessEqual(count(many), count(self.campaign) + 1)

    def make_task(self, **values):
        return self.env["dealer.campaign.task"].create(
            {"campaign_id": self.campaign.id, "name": "Print", **values}
        )

    def test_whose_task_it_is_ticks_it_off(self):
        task = self.make_task(user_id=self.consultant.id, date_due="2026-03-09")
        self.assertTrue(task.is_late)
        self.assertEqual(self.campaign.task_late_count, 1)
        self.assertIn(task, task.search([("is_late", "=", True)]))
        with self.assert_refused(AccessError, "button"):
            task.with_user(self.manager).is_done = True
        other = self.make_task(user_id=self.manager.id)
        with self.assert_refused(AccessError, "somebody else"):
            other.with_user(self.consultant).action_done()
        task.with_user(self.consultant).action_done()
        self.assertEqual((task.is_done, str(task.date_done)), (True, "2026-03-10"))
        self.assertFalse(task.is_late)

    def test_only_the_follow_up_comes_after_the_campaign(self):
        self.campaign.date_end = "2026-03-20"
        with self.assert_refused(ValidationError, "Due on"):
            self.make_task(date_due="2026-03-21")
        self.assertTrue(self.make_task(date_due="2026-03-25", phase="follow_up"))

    def test_other_branch_sees_nothing(self):
        north = self.make_user(
            "north", "dealer_crm.group_sales_manager", self.other_branch
        )
        task = self.make_task()
        for record in (self.campaign, self.campaign.budget_ids, task):
            self.assertFalse(record.with_user(north).has_access("read"), record._name)

    def test_leaver_gives_away_campaigns_and_tasks(self):
        task = self.make_task(user_id=self.consultant.id)
        logs = self.env["dealer.handover"].with_user(self.manager)
        logs._hand_over(self.consultant, self.manager, ["campaign_tasks"])
        self.assertEqual(task.user_id, self.manager)

    def test_prints_of_plan_and_evaluation(self):
        self.campaign.task_ids = [Command.create({"name": "<b>Print</b>"})]
        for name, text in (("plan", "Autumn leaves"), ("evaluation", "30.0 %")):
            self.campaign.budget_ids.amount_actual = 100000
            self.campaign.margin_entered = 130000
            html = (
                self.env["ir.actions.report"]
                ._render_qweb_html(
                    f"dealer_crm.report_campaign_{name}", self.campaign.ids
                )[0]
                .decode()
            )
            self.assertIn(text, html)
            self.assertNotIn("<b>Print</b>", html)
