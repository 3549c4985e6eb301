# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import heapq
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Files opened in this time are an advisor's load: a new colleague is not flooded.
LOAD_DAYS = 90


class FleetVehicle(models.Model):
    """A delivered car is the workshop's at once: same card, no second entry.

    The day is kept and a service advisor takes the car over; he can be changed on
    the card like everything else.
    """

    _inherit = "fleet.vehicle"

    service_file_date = fields.Date(
        "Service File since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The day on which the car was delivered to its owner.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_service_file_values(vals)
            if not self.env.su:
                vals["service_file_date"] = False  # also against the context's default
        vehicles = super().create(vals_list)
        if not self.env.context.get("import_file"):
            vehicles.filtered(lambda v: v.origin == "own_sale")._open_service_file()
        return vehicles

    def write(self, vals):
        self._check_service_file_values(vals)
        if not {"trade_state", "owner_id"} & vals.keys():
            return super().write(vals)
        waiting = self.filtered(lambda v: not v._is_service_car())
        result = super().write(vals)
        waiting._open_service_file()
        (self - waiting)._close_service_file()
        return result

    def _check_service_file_values(self, vals):
        if vals.get("service_file_date") and not self.env.su:
            raise AccessError(self.env._("The service file is opened by the delivery."))

    def _is_service_car(self):
        """Whether the car is on the road with an owner."""
        self.ensure_one()
        return self.trade_state == "customer" and bool(self.owner_id)

    def _open_service_file(self):
        """Stamp the day and give each car without an advisor to the next in turn."""
        opened = self.sudo().filtered(
            lambda v: v._is_service_car() and not v.service_file_date
        )
        for company, cars in opened.grouped("company_id").items():
            branch = company or self.env.company
            cars.service_file_date = branch._get_dealer_today()
            cars.filtered(lambda v: not v.advisor_id)._assign_advisors(branch)
        if opened:
            opened._message_log_batch(
                bodies={car.id: car._get_service_file_text() for car in opened}
            )

    def _get_service_file_text(self):
        if not self.advisor_id:
            return self.env._("Service file opened.")
        return self.env._(
            "Service file opened, service advisor: %(name)s.",
            name=self.advisor_id.name,
        )

    def _close_service_file(self):
        """A car that is not a customer's any more waits for its next delivery."""
        gone = self.sudo().filtered(
            lambda v: v.service_file_date and v.trade_state != "customer"
        )
        if gone:
            gone.service_file_date = False

    def _assign_advisors(self, company):
        """The advisor with the fewest new files gets the next car."""
        loads = self._get_advisor_loads(company)
        queue = [(load, user.id) for user, load in loads.items()]
        heapq.heapify(queue)
        turns = {}
        for car in self if queue else ():
            load, user_id = heapq.heappop(queue)
            heapq.heappush(queue, (load + 1, user_id))
            turns[user_id] = turns.get(user_id, self.browse()) | car
        for user_id, cars in turns.items():
            cars.advisor_id = user_id

    @api.model
    def _get_advisor_loads(self, company):
        """Advisors in turn and how many files they took over of late.

        :return: dict user → number; override it for another order of turns
        """
        users = company._get_service_advisors()
        first = company._get_dealer_today() - timedelta(days=LOAD_DAYS)
        counts = dict(
            self.sudo()._read_group(
                [
                    ("advisor_id", "in", users.ids),
                    ("service_file_date", ">=", first),
                    ("trade_state", "=", "customer"),
                ],
                ["advisor_id"],
                ["__count"],
            )
        )
        return {user: counts.get(user, 0) for user in users}
