# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from ..tools import visit_slots
from .dealer_appointment import PLACED

#: A booked visit that changes one of these is booked anew.
PLACING = frozenset(
    {"advisor_id", "bay_id", "company_id", "date_start", "date_stop", "service_kind"}
)

# Two bookings of a branch at the same time: the second one finds this row changed,
# fails as a conflict, and is repeated by the server, which then sees the first one.
LOCK_BRANCH = """
    UPDATE dealer_service_bay
       SET write_date = write_date
     WHERE id IN (SELECT min(id) FROM dealer_service_bay
                   WHERE company_id = ANY(%s) GROUP BY company_id ORDER BY 1)
"""


class DealerAppointment(models.Model):
    """The places of the workshop: bays by the car, advisors by the reception."""

    _inherit = "dealer.appointment"

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits.filtered(lambda v: v._is_booked_at_once())._book()
        return visits

    def write(self, vals):
        if not PLACING & vals.keys():
            return super().write(vals)
        result = super().write(vals)
        placed = self.filtered(lambda v: v.state == "booked")
        if placed:
            placed._check_places(is_moved="date_start" in vals)
        return result

    def _is_booked_at_once(self):
        """Who books for the customer has agreed on the time; the portal asks first."""
        is_open = self.state == "requested" and self.date_start
        confirmed = self.source != "portal" or self.company_id.visit_portal_confirm
        return bool(is_open and confirmed)

    def _book(self):
        """Give the visits their places.

        :raises UserError: no time, the workshop is closed, or no place is free
        """
        self._lock_branches()
        for visit in self:
            visit._check_time()
            visit.sudo().write({**visit._propose_places(), "state": "booked"})
        self._check_places(is_moved=False)

    def _check_places(self, is_moved=True):
        """:raises UserError: naming bay or advisor and the time that is full"""
        self._lock_branches()
        for visit in self:
            if is_moved:
                visit._check_time()
            capacity, booked = visit._get_room()
            visit._check_bay(capacity, booked)
            if not self.env.su:  # work that is handed over goes to whom it must
                visit._check_advisor(capacity, booked)

    def _lock_branches(self):
        if self:
            self.env.cr.execute(SQL(LOCK_BRANCH, self.company_id.ids))

    def _check_time(self):
        """:raises UserError: no time, a past day, or the workshop is closed then"""
        self.ensure_one()
        company, start = self.company_id, self.date_start
        if not start:
            raise UserError(self.env._("Comes at: enter the time first."))
        if self.env.su:
            return
        if company._get_dealer_day(start) < company._get_dealer_today():
            raise UserError(
                self.env._(
                    "Comes at: %(time)s has passed.", time=self._format_moment(start)
                )
            )
        if not company._is_dealer_open(start):
            raise UserError(
                self.env._(
                    "Comes at: the workshop is closed on %(time)s.",
                    time=self._format_moment(start),
                )
            )

    def _format_moment(self, moment):
        """A moment by the clock of the branch, in words."""
        zone = self.company_id._get_dealer_tz()
        return format_datetime(self.env, moment, tz=zone, dt_format="short")

    def _get_room(self):
        """What the branch can take, and what is booked but this visit."""
        self.ensure_one()
        capacity = self._get_capacity(self.company_id, self.service_kind)
        booked = self._get_booked(
            self.company_id, self.date_start, self.date_stop, self.ids
        )
        return capacity, booked

    def _propose_places(self):
        """The first free bay and a free advisor, where none is chosen.

        :return: dict of field values
        :raises UserError: when nothing is free at that time
        """
        self.ensure_one()
        capacity, booked = self._get_room()
        values = {}
        if capacity.bays and not self.bay_id:
            bays = visit_slots.get_free_bays(
                capacity, booked, self.date_start, self.date_stop
            )
            if not bays:
                self._refuse_time()
            values["bay_id"] = next(iter(bays))
        if not self.advisor_id:
            values["advisor_id"] = self._propose_advisor(capacity, booked)
        return values

    def _propose_advisor(self, capacity, booked):
        """The car's own advisor if he is free, else who has the fewest receptions."""
        free = capacity.advisors
        if capacity.limit:
            free = visit_slots.get_free_advisors(capacity, booked, self.date_start)
            if capacity.advisors and not free:
                self._refuse_time()
        own = self.vehicle_id.sudo().advisor_id.id
        if own in free:
            return own
        taken = [advisor for _start, advisor in booked.receptions]
        return min(free, key=taken.count, default=False)

    def _refuse_time(self):
        """:raises UserError: always, with the next time that is free on that day"""
        day = self.company_id._get_dealer_day(self.date_start)
        slots = self._get_free_slots(self.company_id, day, self.service_kind)
        later = [start for start, _stop, free in slots if free]
        nearest = min(later, key=lambda s: abs(s - self.date_start), default=None)
        values = {"time": self._format_moment(self.date_start)}
        if not nearest:
            raise UserError(
                self.env._("%(time)s: everything is booked on that day.", **values)
            )
        values["free"] = self._format_moment(nearest)
        raise UserError(
            self.env._("%(time)s: everything is booked. Free: %(free)s.", **values)
        )

    def _check_bay(self, capacity, booked):
        bay = self.bay_id
        if not bay:
            return
        if bay.id not in capacity.bays:
            raise UserError(
                self.env._(
                    "Bay: %(bay)s does not take this kind of service.", bay=bay.name
                )
            )
        free = visit_slots.get_free_bays(
            capacity, booked, self.date_start, self.date_stop
        )
        if bay.id not in free:
            raise UserError(
                self.env._(
                    "Bay: %(bay)s is booked already on %(time)s.",
                    bay=bay.name,
                    time=self._format_moment(self.date_start),
                )
            )

    def _check_advisor(self, capacity, booked):
        advisor = self.advisor_id
        if not advisor or not capacity.limit:
            return
        capacity = capacity._replace(advisors=[advisor.id])
        if not visit_slots.get_free_advisors(capacity, booked, self.date_start):
            raise UserError(
                self.env._(
                    "Service Advisor: %(advisor)s receives another car on %(time)s.",
                    advisor=advisor.name,
                    time=self._format_moment(self.date_start),
                )
            )

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
        slots = visit_slots.list_slots(openings, capacity, booked, length)
        return [slot for slot in slots if slot[0] > now]

    @api.model
    def _get_capacity(self, company, kind):
        """What the branch can take for a kind of service.

        Bays made for that kind come first.
        """
        bays = self.env["dealer.service.bay"].sudo()
        bays = bays.search(
            [("company_id", "=", company.id), ("service_kind", "in", (False, kind))]
        )
        return visit_slots.Capacity(
            bays={b.id: b.capacity for b in bays.sorted(lambda b: not b.service_kind)},
            advisors=company._get_service_advisors().ids,
            limit=company.sudo().visit_advisor_limit,
            step=company.sudo().visit_slot_minutes,
        )

    @api.model
    def _get_booked(self, company, begin, end, without=()):
        """Visits that touch the window, but those of the ids ``without``."""
        margin = timedelta(minutes=company.sudo().visit_slot_minutes)
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
        return visit_slots.Booked(
            stays=[(v.date_start, v.date_stop, v.bay_id.id) for v in visits],
            receptions=[(v.date_start, v.advisor_id.id) for v in visits],
        )
