# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerCallback(models.Model):
    """A callback drawn by a survey round."""

    _inherit = "dealer.callback"

    round_id = fields.Many2one(
        "dealer.survey.round",
        "Survey Round",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _after_make(self, policy, company):
        """The round's way of asking is known before anybody acts on the channel.

        Who is asked online or by SMS gets his link at once, to be sent or copied.
        """
        drawn = self.env["dealer.callback.policy"]._get_round()
        if drawn and self:
            channel = drawn._get_channel()
            self.sudo().write({"round_id": drawn.id, "channel": channel})
            if drawn.method in ("online", "sms"):
                self._open_link(channel)
        return super()._after_make(policy, company)
