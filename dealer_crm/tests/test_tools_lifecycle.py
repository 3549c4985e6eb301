# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from itertools import product

from odoo.tests import BaseCase

from ..tools.lifecycle import STATES, Facts, Limits, judge_lifecycle

TODAY = date(2026, 3, 10)
LIMITS = Limits(180, 365)


def ago(days):
    return TODAY - timedelta(days=days)


class TestToolsLifecycle(BaseCase):
    def test_states(self):
        owner = Facts(cars=1, purchases=1, last_purchase=ago(10))
        served = owner._replace(last_purchase=ago(400), last_visit=ago(10))
        gone = Facts(purchases=1, last_purchase=ago(900), last_sale=ago(100))
        cases = (
            (Facts(), "prospect"),
            (Facts(has_lead=True), "prospect"),
            (Facts(has_order=True), "order"),
            (owner, "owner"),
            (owner._replace(has_order=True), "order"),
            (owner._replace(last_visit=ago(10)), "owner"),
            (served, "active"),
            (served._replace(last_visit=ago(179)), "active"),
            (served._replace(last_visit=ago(180)), "at_risk"),
            (served._replace(last_visit=ago(364)), "at_risk"),
            (served._replace(last_visit=ago(365)), "lost"),
            (served._replace(last_visit=ago(365), has_order=True), "order"),
            (served._replace(purchases=2, last_purchase=ago(1)), "repurchase"),
            (served._replace(purchases=2), "active"),
            (owner._replace(last_purchase=ago(180)), "at_risk"),
            (Facts(cars=1), "owner"),
            (Facts(last_visit=ago(5)), "active"),
            (Facts(last_visit=ago(500)), "lost"),
            (gone, "lost"),
            (gone._replace(last_visit=ago(101)), "lost"),
            (gone._replace(last_visit=ago(5)), "active"),
            (gone._replace(has_lead=True), "prospect"),
        )
        for facts, state in cases:
            with self.subTest(facts=facts):
                self.assertEqual(judge_lifecycle(facts, TODAY, LIMITS), state)

    def test_without_limits_nobody_is_lost_by_silence(self):
        facts = Facts(cars=1, purchases=1, last_purchase=ago(3000))
        self.assertEqual(judge_lifecycle(facts, TODAY), "owner")

    def test_every_combination_has_a_state(self):
        days = (None, ago(5), ago(200), ago(500))
        flags = (False, True)
        for lead, order, cars, bought, purchase, sale, visit in product(
            flags, flags, (0, 2), (0, 1, 2), days, days, days
        ):
            facts = Facts(lead, order, cars, bought, purchase, sale, visit)
            state = judge_lifecycle(facts, TODAY, LIMITS)
            self.assertIn(state, STATES)
            self.assertEqual(state == "order", order)
