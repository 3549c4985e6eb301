# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

CHECK = "dealer.corrective.action.check"
#: Written when a call ends and when its answers are kept or corrected.
JUDGED = frozenset({"state", "is_scored", "is_satisfied"})


class DealerCallbackPolicy(models.Model):
    """The customers a measure is about are called again by the callback engine."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return {**super()._get_source_paths(), CHECK: ("partner_id", "vehicle_id")}


class DealerCallback(models.Model):
    """A re-call that ends has a word on its measure."""

    _inherit = "dealer.callback"

    def _after_make(self, policy, company):
        result = super()._after_make(policy, company)
        for callback in self if policy.model == CHECK else ():
            line = self.env[CHECK].sudo().browse(callback.source_id)
            line.callback_id = callback
        return result

    def write(self, vals):
        result = super().write(vals)
        if JUDGED & vals.keys():
            self._judge_measures()
        return result

    def _judge_measures(self):
        """Measures that wait for the word of these customers."""
        calls = self.filtered(lambda callback: callback.source_model == CHECK)
        if calls:
            checks = self.env[CHECK].sudo().search([("callback_id", "in", calls.ids)])
            checks.action_id._judge()
