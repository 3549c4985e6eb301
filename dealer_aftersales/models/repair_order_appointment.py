# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..tools.service_state import CLOSED


class RepairOrder(models.Model):
    """The appointment an order comes from, and the options the customer gets."""

    _name = "repair.order"
    _inherit = ["repair.order", "dealer.visit.option.mixin"]

    appointment_ids = fields.One2many("dealer.appointment", "repair_id", "Appointments")

    def _get_granted_options(self):
        return super()._get_granted_options() | self.sudo().appointment_ids.option_ids

    def _get_board_flags(self):
        """What the customer gets beside the work, on the card of the board."""
        flags = super()._get_board_flags()
        for repair in self.filtered("option_ids"):
            names = ", ".join(repair.option_ids.mapped("name"))
            flags[repair.id].append(("options", names, "info"))
        return flags

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        text = self._get_option_text()
        if text:
            hints.append(self._prepare_option_hint("options", text))
        return hints + self._get_offer_hints()

    def _get_offer_hints(self):
        """Options only good customers get, not chosen yet: worth a word."""
        if self.service_state in CLOSED:
            return []
        options = self.env["dealer.service.option"]
        offered = options._get_offered(self._get_option_partners(), self.company_id)
        special = offered.filtered("min_class") - self.option_ids
        if not special:
            return []
        text = ", ".join(special.mapped("name"))
        return [self._prepare_option_hint("offer", text)]

    def _prepare_option_hint(self, code, text):
        labels = {
            "options": self.env._("Service Options"),
            "offer": self.env._("Offer to this customer"),
        }
        return self._hint(code, text, label=labels[code])
