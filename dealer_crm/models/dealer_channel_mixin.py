# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerChannelMixin(models.AbstractModel):
    """Source and channel of a prospect agree, whichever of them is entered.

    The user of the mixin has the field ``source_id``.
    """

    _name = "dealer.channel.mixin"
    _description = "Source and Channel"

    lead_channel_id = fields.Many2one(
        "dealer.lead.channel",
        index="btree_not_null",
        ondelete="restrict",
        help="The way by which the prospect came; it decides the source.",
    )

    @api.onchange("lead_channel_id")
    def _onchange_lead_channel_id(self):
        if self.lead_channel_id:
            self.source_id = self.lead_channel_id.source_id

    @api.onchange("source_id")
    def _onchange_dealer_source_id(self):
        if self.lead_channel_id.source_id != self.source_id:
            self.lead_channel_id = False

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._align_channel(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._align_channel(vals))

    @api.model
    def _align_channel(self, vals):
        """:return: ``vals``, or a copy whose source is the one of its channel

        A source alone empties the channel of another one.
        """
        if vals.get("lead_channel_id"):
            channel = self.env["dealer.lead.channel"].browse(vals["lead_channel_id"])
            return {**vals, "source_id": channel.sudo().source_id.id}
        if "source_id" in vals and "lead_channel_id" not in vals:
            channels = self.lead_channel_id.sudo()
            if any(channel.source_id.id != vals["source_id"] for channel in channels):
                return {**vals, "lead_channel_id": False}
        return vals
