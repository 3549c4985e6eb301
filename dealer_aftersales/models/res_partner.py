# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter


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
        fill_counter(self, "repair_count", "repair.order", "partner_id")

    @api.depends("callback_ids")
    def _compute_callback_count(self):
        fill_counter(self, "callback_count", "dealer.callback", "partner_id")

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
