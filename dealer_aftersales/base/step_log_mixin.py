# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerStepLogMixin(models.AbstractModel):
    """A line per step of something that moves through states.

    A model that takes it has a link to what moved, ``state_from`` and ``state_to``.
    No line is written for the first state: that is the record's own beginning.
    """

    _name = "dealer.step.log.mixin"
    _description = "Log of Steps"
    _order = "date desc, id desc"

    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    date = fields.Datetime("At", required=True, readonly=True)
    minutes = fields.Integer(
        "Minutes before",
        readonly=True,
        help="How long it was in the state it left.",
    )
    reason = fields.Char(readonly=True)

    @api.model
    def _prepare_step(self, source, target, since, reason):
        """Values of a line of now, in the name of the current user.

        :param since: naive UTC datetime of the step before
        """
        now = fields.Datetime.now()
        return {
            "state_from": source,
            "state_to": target,
            "user_id": self.env.uid,
            "date": now,
            "minutes": max(0, int((now - since).total_seconds() // 60)),
            "reason": reason,
        }
