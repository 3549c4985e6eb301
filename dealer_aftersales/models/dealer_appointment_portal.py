# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class DealerAppointment(models.Model):
    """A visit the customer asked for on the portal."""

    _inherit = "dealer.appointment"

    contact_wish = fields.Selection(
        [
            ("phone", "By Phone"),
            ("message", "By Message"),
            ("email", "By E-Mail"),
        ],
        "Answer by",
        help="How the customer wants to hear from us.",
    )

    @api.model
    def _get_portal_open_domain(self, vehicle):
        """The car's appointments still to come, and what was answered of late."""
        recent = fields.Datetime.now() - timedelta(days=7)
        waiting = Domain("state", "=", "requested")
        coming = Domain("state", "in", ("booked", "cancelled"))
        coming &= Domain("date_start", ">=", recent)
        return Domain("vehicle_id", "=", vehicle.id) & (waiting | coming)

    def _get_portal_values(self):
        """What the customer may know of the appointment: named values, no record."""
        self.ensure_one()
        kinds = dict(self._fields["service_kind"]._description_selection(self.env))
        states = dict(self._fields["state"]._description_selection(self.env))
        is_open = self.state in ("requested", "booked")
        starts = self.date_start
        return {
            "id": self.id,
            "kind": kinds.get(self.service_kind, ""),
            "state": self.state,
            "state_label": states[self.state],
            "start": starts,
            "asked": self.create_date,
            "request": self.request or "",
            "branch": self.company_id.name,
            "tz": self.company_id._get_dealer_tz(),
            "can_cancel": is_open and (not starts or starts > fields.Datetime.now()),
        }
