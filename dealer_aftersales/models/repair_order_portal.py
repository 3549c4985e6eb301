# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class RepairOrder(models.Model):
    """A visit as the customer sees it on the portal."""

    _inherit = "repair.order"

    def _get_portal_values(self, partner):
        """What the customer may know of the visit: named values, no record.

        No persons, no internal notes; money only where he pays.
        """
        self.ensure_one()
        owners = partner._get_portal_owners()
        is_payer = self.partner_id in owners
        return {
            "id": self.id,
            "name": self.name,
            "date": self.date_delivered or self.date_in,
            "kind": self._get_portal_label("service_kind"),
            "state": self.service_state,
            "state_label": self._get_portal_label("service_state"),
            "promised": not self.date_delivered and self.date_promised,
            "odometer": self.odometer_out or self.odometer_in,
            "plate": self.vehicle_id.license_plate or self.vehicle_id.vin_sn or "",
            "work": self.work_summary,
            "concerns": self.concern_ids.mapped("name"),
            "labor": self.labor_ids.mapped("name"),
            "parts": self._get_parts_text(),
            "amount": is_payer and self._get_portal_amount(),
            "currency": self.currency_id,
            "tz": self.company_id._get_dealer_tz(),
        }

    def _get_portal_estimates(self, partner):
        """The estimates he may answer or answered, newest first; only the payer's."""
        self.ensure_one()
        if self.partner_id not in partner._get_portal_owners():
            return []
        shown = self.estimate_ids.filtered(lambda e: e.state != "replaced")
        return [estimate._get_portal_values() for estimate in shown]

    def _get_portal_papers(self, partner):
        """The customer's own settlements, as Odoo's portal shows them.

        Never the sheet of the workshop: it tells what others pay, too.

        :return: list of dicts name and url
        """
        self.ensure_one()
        owners = partner._get_portal_owners()
        orders = self.settlement_order_ids.filtered(
            lambda o: (
                o.repair_payer == "customer"
                and o.partner_id in owners
                and o.state in ("sent", "sale")
            )
        )
        return [{"name": o.name, "url": o.get_portal_url()} for o in orders]

    def _get_portal_label(self, name):
        words = dict(self._fields[name]._description_selection(self.env))
        return words.get(self[name], "")

    def _get_portal_amount(self):
        """What the customer pays of it."""
        return self.amount_customer
