# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    """The service side of the customer file."""

    _inherit = "res.partner"

    repair_ids = fields.One2many(
        "repair.order",
        "partner_id",
        "Repair Orders",
        groups="dealer_crm.group_dealer_user",
    )
    repair_count = fields.Integer(
        compute="_compute_repair_count", groups="dealer_crm.group_dealer_user"
    )
    callback_ids = fields.One2many(
        "dealer.callback",
        "partner_id",
        "Callbacks",
        groups="dealer_crm.group_dealer_user",
    )
    callback_count = fields.Integer(
        compute="_compute_callback_count", groups="dealer_crm.group_dealer_user"
    )

    @api.depends("repair_ids")
    def _compute_repair_count(self):
        counts = dict(
            self.env["repair.order"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.repair_count = counts.get(partner._origin, 0)

    @api.depends("callback_ids")
    def _compute_callback_count(self):
        counts = dict(
            self.env["dealer.callback"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.callback_count = counts.get(partner._origin, 0)

    def action_view_repairs(self):
        """The customer's repair orders over all cars."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.repair_order_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action

    def action_view_callbacks(self):
        """The customer's callbacks."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {}
        return action
