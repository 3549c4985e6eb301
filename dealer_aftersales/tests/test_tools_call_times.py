# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..tools.call_times import LAST_RANK, propose_time, rank_value

TUESDAY = datetime(2026, 3, 10, 16, 20, 30)


@tagged("post_install", "-at_install")
class TestToolsCallTimes(BaseCase):
    def test_proposals_are_the_next_time_to_come(self):
        for proposal, expected in (
            ("hour", datetime(2026, 3, 10, 17, 20)),
            ("evening", datetime(2026, 3, 10, 18, 0)),
            ("morning", datetime(2026, 3, 11, 10, 0)),
            ("noon", datetime(2026, 3, 11, 12, 0)),
            ("afternoon", datetime(2026, 3, 11, 15, 0)),
            ("weekend", datetime(2026, 3, 14, 10, 0)),
        ):
            with self.subTest(proposal=proposal):
                self.assertEqual(propose_time(TUESDAY, proposal), expected)

    def test_weekend_on_a_saturday_evening_is_the_next_one(self):
        saturday = datetime(2026, 3, 14, 20, 0)
        self.assertEqual(propose_time(saturday, "weekend"), datetime(2026, 3, 21, 10))
        morning = datetime(2026, 3, 14, 8, 0)
        self.assertEqual(propose_time(morning, "weekend"), datetime(2026, 3, 14, 10))

    def test_each_proposal_lies_ahead(self):
        for hour in range(24):
            now = datetime(2026, 3, 31, hour, 0)
            for proposal in ("hour", "morning", "noon", "afternoon", "evening"):
                self.assertGreater(propose_time(now, proposal), now)

    def test_valuable_customers_rank_first(self):
        ranks = [rank_value(value) for value in ("vip", "A", "b", "C", None, "lost")]
        self.assertEqual(ranks, sorted(ranks))
        self.assertEqual(ranks[-1], LAST_RANK)
