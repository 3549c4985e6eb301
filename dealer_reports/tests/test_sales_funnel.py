# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.dealer_crm.tests.test_lead_stage import StageCase
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged


@tagged("post_install", "-at_install")
class TestSalesFunnel(StageCase):
    """LEAD-09: conversion equals a count by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funnel_source = cls.env["utm.source"].create({"name": "Funnel T"})

    def make_at(self, *stages, **values):
        """A lead that stood in these stages, a day each from 1 March on."""
        with freeze_time("2026-03-01 02:00:00"):
            lead = self.make_lead(source_id=self.funnel_source.id, **values)
        for day, name in enumerate(stages, start=2):
            with freeze_time(f"2026-03-{day:02} 02:00:00"):
                lead.stage_id = self.stage(name)
        return lead

    def count(self, user=None):
        funnel = self.env["dealer.sales.funnel"].with_user(user or self.manager)
        groups = funnel._read_group(
            [("source_id", "=", self.funnel_source.id)],
            ["stage_id"],
            ["__count", "conversion:avg", "days:avg"],
        )
        return {stage: tuple(values) for stage, *values in groups}

    def test_reached_stages_and_conversion_as_counted_by_hand(self):
        self.make_at()  # contact only
        self.make_at("archived", "needs")
        self.make_at("negotiation")  # jumped over four stages
        back = self.make_at("archived", "product")
        back.stage_id = self.stage("contact")  # a step back forgets nothing
        lost = self.make_at("archived")
        lost.action_set_lost()
        won = self.make_at("negotiation")
        won.action_set_won()
        found = self.count()
        by_hand = {
            "contact": (6, 5 / 6),
            "archived": (5, 4 / 5),
            "needs": (4, 3 / 4),
            "product": (3, 2 / 3),
            "test_drive": (2, 1),
            "negotiation": (2, 1 / 2),
            "order": (1, 1),
            "delivery": (1, None),
        }
        for name, (count, share) in by_hand.items():
            with self.subTest(name):
                result = found[self.stage(name)]
                self.assertEqual(result[0], count)
                if share is not None:
                    self.assertAlmostEqual(result[1], share * 100, places=3)
        self.assertNotIn(self.stage("lost"), found)

    def test_days_in_a_stage_are_those_spent_there(self):
        lead = self.make_at("archived", "needs")
        self.assertAlmostEqual(self.count()[self.stage("archived")][2], 1)
        rows = self.env["dealer.sales.funnel"].search([("lead_id", "=", lead.id)])
        here = rows.filtered("is_here")
        self.assertEqual(here.stage_id, self.stage("needs"))
        self.assertGreater(here.days, 0)

    def test_a_line_opens_its_lead(self):
        lead = self.make_at()
        row = self.env["dealer.sales.funnel"].search([("lead_id", "=", lead.id)])
        self.assertEqual(row.action_open_lead()["res_id"], lead.id)

    def test_consultants_see_their_own_and_other_branches_nothing(self):
        rival = self.make_user("rival", "dealer_crm.group_sales_consultant")
        north = self.make_user(
            "north", "dealer_crm.group_general_manager", company=self.other_branch
        )
        self.make_at()
        self.assertEqual(self.count(self.consultant)[self.stage("contact")][0], 1)
        self.assertFalse(self.count(rival))
        self.assertFalse(self.count(north))
        clerk = self.make_user("clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.count(clerk)
