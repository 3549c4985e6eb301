# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Base class of the tests that cross addons; they run on an installed database."""

import sys
from pathlib import Path

from odoo.addons.dealer_reports.tests.common import ReportsCase
from odoo.tests import tagged

DATA = Path(__file__).resolve().parent.parent / "data"
sys.path.insert(0, str(DATA))


@tagged("post_install", "-at_install")
class ScenarioCase(ReportsCase):
    """Staff, branches and builders of all three addons."""
