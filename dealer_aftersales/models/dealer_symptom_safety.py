# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerSymptom(models.Model):
    """Faults that endanger people have a threshold of their own in the law."""

    _inherit = "dealer.symptom"

    is_safety = fields.Boolean(
        "Safety Fault",
        compute="_compute_is_safety",
        store=True,
        readonly=False,
        help="Brakes or steering fail, the body cracks, fuel leaks, the battery burns.",
    )

    @api.depends("group")
    def _compute_is_safety(self):
        for symptom in self:
            symptom.is_safety = symptom.is_safety or symptom.group == "brakes"


class DealerRepairConcern(models.Model):
    """What makes two concerns the same fault."""

    _inherit = "dealer.repair.concern"

    def _get_fault(self):
        """(key, label, is it about safety); without a symptom the words decide."""
        self.ensure_one()
        symptom = self.symptom_id
        if symptom:
            return f"symptom {symptom.id}", symptom.name, symptom.is_safety
        words = " ".join((self.name or "").split())
        return words.casefold(), words, False
