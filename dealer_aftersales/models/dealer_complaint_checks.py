# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import complaint as rules
from .dealer_complaint import SYSTEM_FIELDS


class DealerComplaint(models.Model):
    """What a complaint must be, the same by form, import and RPC."""

    _inherit = "dealer.complaint"

    @api.constrains("content")
    def _check_content(self):
        for complaint in self:
            if not (complaint.content or "").strip():
                raise ValidationError(
                    self.env._("In the Customer's Words: say what it is about.")
                )

    @api.constrains("date_received")
    def _check_date_received(self):
        """Deadlines count from it: it cannot lie ahead (some minutes of clocks may)."""
        limit = fields.Datetime.add(fields.Datetime.now(), minutes=10)
        for complaint in self:
            if complaint.date_received > limit:
                raise ValidationError(
                    self.env._("Received on: the time cannot lie in the future.")
                )

    @api.constrains("vehicle_id", "repair_id")
    def _check_repair(self):
        for complaint in self.sudo():
            car = complaint.repair_id.vehicle_id
            if complaint.vehicle_id and car and car != complaint.vehicle_id:
                raise ValidationError(
                    self.env._(
                        "Repair Order: %(order)s is about another car.",
                        order=complaint.repair_id.name,
                    )
                )

    @api.constrains("kind", "state")
    def _check_kind(self):
        for complaint in self:
            path = (*rules.get_path(complaint.kind), "withdrawn")
            if complaint.state not in path:
                raise ValidationError(
                    self.env._(
                        "Kind: an opinion, a suggestion or a need has no step "
                        "'%(state)s'. Go back to the first answer before.",
                        state=complaint._get_state_name(),
                    )
                )

    @api.model
    def _check_system_fields(self, vals):
        """:raises AccessError: a client sets what only the steps set"""
        names = sorted(SYSTEM_FIELDS & vals.keys())
        if names and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s: set by the steps of the complaint only.",
                    field=self._fields[names[0]]._description_string(self.env),
                )
            )
