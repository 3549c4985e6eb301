# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    """What a customer sees of his cars on the portal, and what he may ask for.

    Portal users have no right on any of the models: each question begins with the
    person who is logged in and is answered with all rights for his records only.
    """

    _inherit = "res.partner"

    def _get_portal_owners(self):
        """In whose name he looks: himself and the company whose contact he is.

        Nobody, once the person is archived or only kept because the law asks for it.
        """
        self.ensure_one()
        person = self.sudo()
        if not person.active or person.is_restricted:
            return person.browse()
        owners = person | person.commercial_partner_id
        return owners.filtered(lambda p: p.active and not p.is_restricted)

    def _get_portal_vehicle_domain(self):
        owners = self._get_portal_owners()
        return Domain("owner_id", "in", owners.ids) & Domain(
            "trade_state", "=", "customer"
        )

    def _get_portal_vehicles(self, vehicle_id=None):
        """His present cars, or the one with this id if it is his."""
        domain = self._get_portal_vehicle_domain()
        if vehicle_id is not None:
            domain &= Domain("id", "=", vehicle_id)
        return self.env["fleet.vehicle"].sudo().search(domain, order="id")

    def _get_portal_repair_domain(self):
        """The visits he paid for, or to which he brought the car himself."""
        owners = self._get_portal_owners()
        mine = Domain("partner_id", "in", owners.ids)
        brought = Domain("bringer_id", "in", (self & owners).ids)
        car = Domain("vehicle_id", "!=", False) & Domain("state", "!=", "cancel")
        return car & (mine | brought)

    def _get_portal_estimate_domain(self):
        """What waits for his answer, and what he answered."""
        owners = self._get_portal_owners()
        return Domain("repair_id.partner_id", "in", owners.ids) & Domain(
            "repair_id.state", "!=", "cancel"
        )

    def _get_portal_appointment_domain(self):
        """Appointments he asked for, and those of his present cars."""
        owners = self._get_portal_owners()
        cars = self._get_portal_vehicle_domain()
        mine = Domain("partner_id", "in", owners.ids)
        return mine | Domain("vehicle_id", "any", cars) & Domain(
            "partner_id", "=", False
        )

    def _check_portal_requests(self, company):
        """Nobody fills the workshop's book on his own.

        The row is locked: two requests at once are counted one after the other.

        :raises UserError: when he has as many open requests as the branch allows
        """
        self.ensure_one()
        try:
            self.sudo().lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("Your last request is still being saved. Please try again.")
            ) from error
        limit = company.sudo().portal_request_limit
        count = (
            self.env["dealer.appointment"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "=", self.id),
                    ("source", "=", "portal"),
                    ("state", "in", ("requested", "booked")),
                ]
            )
        )
        if count >= limit:
            raise UserError(
                self.env._(
                    "You have %(count)s open appointments. Please wait for our "
                    "answer, or cancel one of them.",
                    count=count,
                )
            )
