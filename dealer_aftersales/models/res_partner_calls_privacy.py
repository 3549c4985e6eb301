# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    """A person who is forgotten answers by no link, and no remark of his is kept."""

    _inherit = "res.partner"

    def _empty_ledger(self):
        callbacks = self.env["dealer.callback"].search([("partner_id", "=", self.id)])
        now = fields.Datetime.now()
        callbacks.user_input_id.filtered("deadline").deadline = now
        callbacks.filtered("attempt_note").attempt_note = False
        checks = self.env["dealer.callback.check"].search(
            [("callback_ids", "in", callbacks.ids), ("sample", "!=", False)]
        )
        checks.sample = False
        return super()._empty_ledger()
