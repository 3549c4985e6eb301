# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class RepairOrder(models.Model):
    """What the customer said of this work afterwards (SVC-16)."""

    _inherit = "repair.order"

    callback_count = fields.Integer(
        "Number of Callbacks", compute="_compute_callback_verdict"
    )
    callback_verdict = fields.Char(
        "Satisfaction",
        compute="_compute_callback_verdict",
        help="The worst answer to the question on overall satisfaction.",
    )

    @api.depends("callback_ids.score", "callback_ids.is_scored", "date_delivered")
    def _compute_callback_verdict(self):
        """One grouped query for all the orders, as far as the user sees the calls.

        Nobody is called before the car is handed back.
        """
        callbacks = self.env["dealer.callback"]
        delivered = self.filtered("date_delivered")
        rows = []
        if delivered and callbacks.has_access("read"):
            rows = callbacks._read_group(
                [("repair_id", "in", delivered.ids), ("state", "!=", "cancelled")],
                ["repair_id", "is_scored"],
                ["__count", "score:min"],
            )
        self.callback_count = 0
        self.callback_verdict = False
        for repair, is_scored, count, score in rows:
            repair.callback_count += count
            if is_scored:
                repair.callback_verdict = f"{score:g}"

    def action_view_callbacks(self):
        """The calls about this order: from the score to what followed from it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        action["domain"] = [("repair_id", "=", self.id)]
        action["context"] = {}
        return action


class DealerCallback(models.Model):
    """Back from the answer to the work it is about."""

    _inherit = "dealer.callback"

    def action_open_repair(self):
        self.ensure_one()
        return self.repair_id.get_formview_action()
