# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..tools.visit_slots import Booked, Capacity, list_slots
from .dealer_appointment import PLACED


class DealerAppointment(models.Model):
    """The places of the workshop: bays by the car, advisors by the reception."""

    _inherit = "dealer.appointment"

    @api.model
    def _get_free_slots(self, company, day, kind):
        """When a car can come on a day, and how many more.

        A number of queries that does not grow with the day's visits.

        :param company: res.company, the branch
        :param day: date at the branch
        :param str kind: ``service_kind`` of the repair order
        :return: list of (start, stop, free): naive UTC datetimes and the number of
            places left, 0 for a time that is full; times that have passed left out
        """
        begin = company._get_dealer_day_start(day)
        end = company._get_dealer_day_start(day + timedelta(days=1))
        openings = company._get_dealer_clock(begin, end).intervals
        capacity = self._get_capacity(company, kind)
        booked = self._get_booked(company, begin, end)
        length = company._get_visit_minutes(kind)
        now = fields.Datetime.now()
        slots = list_slots(openings, capacity, booked, length)
        return [slot for slot in slots if slot[0] > now]

    @api.model
    def _get_capacity(self, company, kind):
        """What the branch can take for a kind of service; places are no secret."""
        bays = self.env["dealer.service.bay"].sudo()
        bays = bays.search(
            [("company_id", "=", company.id), ("service_kind", "in", (False, kind))]
        )
        return Capacity(
            bays={bay.id: bay.capacity for bay in bays},
            advisors=company._get_service_advisors().ids,
            limit=company.sudo().visit_advisor_limit,
            step=company.sudo().visit_slot_minutes,
        )

    @api.model
    def _get_booked(self, company, begin, end, without=()):
        """Visits that touch the window, but those of the ids ``without``."""
        margin = timedelta(hours=1)
        visits = self.sudo().search_fetch(
            [
                ("company_id", "=", company.id),
                ("state", "in", PLACED),
                ("date_start", "<", end + margin),
                ("date_stop", ">", begin - margin),
                ("id", "not in", list(without)),
            ],
            ["date_start", "date_stop", "bay_id", "advisor_id"],
        )
        return Booked(
            stays=[(v.date_start, v.date_stop, v.bay_id.id) for v in visits],
            receptions=[(v.date_start, v.advisor_id.id) for v in visits],
        )
