# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class CrmLead(models.Model):
    """Where a prospect came from, in two levels, and how he knows the brand."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "dealer.channel.mixin"]

    known_through = fields.Selection(
        [
            ("advert", "Advertising"),
            ("internet", "Internet"),
            ("social", "Social Media"),
            ("show", "Auto Show"),
            ("friend", "Friends or Family"),
            ("owner", "Owns one"),
            ("passing", "Passing by"),
            ("other", "Other"),
        ],
        "Knows the Brand through",
        groups="dealer_crm.group_dealer_user",
        help="How the prospect came to know the brand and the model.",
    )
    activity_interest = fields.Char(
        "Activities of Interest",
        groups="dealer_crm.group_dealer_user",
        help="Events the prospect would like to be invited to.",
    )

    def _merge_get_fields(self):
        names = super()._merge_get_fields()
        mine = ["lead_channel_id", "known_through", "activity_interest"]
        return names + [name for name in mine if name not in names]
