# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


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

    is_repeat_visitor = fields.Boolean(
        "Came again",
        readonly=True,
        copy=False,
        groups="dealer_crm.group_dealer_user",
        help="Was here or called before the visit this lead comes from.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._add_default_source(vals) for vals in vals_list])

    def write(self, vals):
        self._check_source_kept(vals)
        return super().write(vals)

    @api.model
    def _add_default_source(self, vals):
        """Every lead of the dealership has a source; nobody is blocked for it.

        What staff enters came by the showroom unless they say otherwise, what comes
        from the website came online. Who puts a lead on file names the source.

        :return: ``vals``, or a copy with the source
        """
        if vals.get("source_id") or vals.get("lead_channel_id"):
            return vals
        name = None
        if self.env.user._is_public():
            name = "dealer_crm.source_online"
        elif not self.env.su and not vals.get("is_on_file"):
            if self.env.user.has_group("dealer_crm.group_dealer_user"):
                name = "dealer_crm.source_showroom"
        source = name and self.env.ref(name, raise_if_not_found=False)
        known = self.default_get(["source_id"]).get("source_id")
        return {**vals, "source_id": source.id} if source and not known else vals

    def _check_source_kept(self, vals):
        """:raises ValidationError: staff empties the source of a lead"""
        if "source_id" not in vals or vals["source_id"] or vals.get("lead_channel_id"):
            return
        is_staff = self.env.user.has_group("dealer_crm.group_dealer_user")
        if is_staff and not self.env.su and any(lead.source_id for lead in self):
            raise ValidationError(
                self.env._("Source: every lead came by one; choose another instead.")
            )

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """What comes by e-mail came online, unless the alias says otherwise."""
        source = self.env.ref("dealer_crm.source_online", raise_if_not_found=False)
        values = {"source_id": source.id} if source else {}
        return super().message_new(msg_dict, {**values, **(custom_values or {})})

    def _merge_get_fields(self):
        names = super()._merge_get_fields()
        mine = [
            "lead_channel_id",
            "known_through",
            "activity_interest",
            "is_repeat_visitor",
        ]
        return names + [name for name in mine if name not in names]
