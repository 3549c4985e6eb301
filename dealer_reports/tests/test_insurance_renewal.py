# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import tagged

from .common import ReportsCase


@tagged("post_install", "-at_install")
class TestInsuranceRenewal(ReportsCase):
    """The renewal rate by its printed definition, from a fixture."""

    def make_ended(self, end, renewed=None, **values):
        """A policy with its last day ``end``; ``renewed``: sold here or not."""
        car = self.make_car(owner_id=self.customer.id)
        values = {
            "vehicle_id": car.id,
            "date_start": "2025-01-01",
            "date_end": end,
        } | values
        policies = self.env["dealer.insurance.policy"]
        policy = policies.create(values)
        if renewed is not None:
            policies.create(
                {
                    "vehicle_id": car.id,
                    "previous_id": policy.id,
                    "date_start": "2026-03-01",
                    "sold_here": renewed,
                }
            )
        return policy

    def get_rate(self, first=date(2026, 2, 1), last=date(2026, 2, 28)):
        kpi = self.env["dealer.kpi"].search([("code", "=", "insurance_renewal")])
        line = kpi._compute_lines(self.branch, first, last)[0]
        return line["numerator"], line["denominator"], line["value"]

    def test_nothing_ended_is_a_dash(self):
        self.assertEqual(self.get_rate(), (0, 0, None))

    def test_renewed_here_by_what_was_sold_or_managed_here(self):
        for _n in range(3):
            self.make_ended("2026-02-10", renewed=True)
        self.make_ended("2026-02-28", renewed=False)  # renewed elsewhere
        self.make_ended("2026-02-01")  # not at all
        self.make_ended("2026-02-10", sold_here=False, is_managed=True)
        self.make_ended("2026-02-10", sold_here=False, is_managed=False)  # not ours
        self.make_ended("2026-01-31", renewed=True)  # another month
        self.make_ended("2026-02-10").action_cancel()
        self.assertEqual(self.get_rate(), (3, 6, 0.5))

    def test_renewed_early_counts_only_when_it_ended(self):
        self.make_ended("2026-03-20", renewed=None)
        march = (date(2026, 3, 1), date(2026, 3, 31))
        self.assertEqual(self.get_rate(*march), (0, 0, None))
