# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class FleetVehicle(models.Model):
    """Recalls that wait for this car; a new card is looked up in all lists."""

    _inherit = "fleet.vehicle"

    recall_line_ids = fields.One2many("dealer.recall.line", "vehicle_id", "Recalls")
    has_open_recall = fields.Boolean(
        "Open Recall",
        compute="_compute_has_open_recall",
        search="_search_has_open_recall",
    )

    @api.depends("recall_line_ids.state")
    def _compute_has_open_recall(self):
        lines = self._get_open_recalls()
        waiting = lines.vehicle_id
        for vehicle in self:
            vehicle.has_open_recall = vehicle._origin in waiting

    @api.model
    def _search_has_open_recall(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("recall_line_ids", "any", self._get_open_recall_domain())]

    @api.model_create_multi
    def create(self, vals_list):
        vehicles = super().create(vals_list)
        vehicles._match_recalls()
        return vehicles

    def write(self, vals):
        result = super().write(vals)
        if {"vin_sn", "trade_state"} & vals.keys():
            self._match_recalls()
        return result

    def _match_recalls(self):
        """Lines of recalls that name these cars: one query."""
        vins = [car.vin_sn for car in self if car.vin_sn and car.trade_state]
        lines = self.env["dealer.recall.line"].sudo()
        lines.search(
            ["|", ("vin", "in", vins), ("vehicle_id", "in", self.ids)]
        )._match_vehicles()

    def _get_open_recalls(self):
        """Lines of recalls that run and are not done, under record rules."""
        lines = self.env["dealer.recall.line"]
        if not self._origin or not lines.has_access("read"):
            return lines
        domain = [("vehicle_id", "in", self._origin.ids)]
        return lines.search(domain + self._get_open_recall_domain(), order="id")

    @api.model
    def _get_open_recall_domain(self):
        """Cars of recalls that run and are not done."""
        return [
            ("state", "=", "open"),
            ("recall_id.active", "=", True),
            "|",
            ("recall_id.date_end", "=", False),
            ("recall_id.date_end", ">=", fields.Date.context_today(self)),
        ]

    def action_view_recalls(self):
        """The recalls that name this car, the open ones first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_recall_line_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        return action
