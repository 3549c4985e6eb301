# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date, format_time

from ..tools.service_state import IN_HOUSE

GROUPS = (
    "dealer_aftersales.group_technician",
    "dealer_aftersales.group_customer_relations",
)
LINES = 8
ORDER_LIST = "dealer_aftersales.repair_order_view_list"


class DealerServiceDay(models.AbstractModel):
    """Service Today: the service centre's day on one page (SVC-26).

    One call reads it all under the rights of the user, with a number of queries that
    does not depend on how many cars there are. Each number opens its records.
    """

    _name = "dealer.service.day"
    _inherit = ["dealer.board.mixin"]
    _description = "Service Today"

    @api.model
    @api.readonly
    def get_today(self):
        """All that the screen shows.

        :return: dict of ``day``, ``branch``, ``counts`` and ``blocks``
        :raises AccessError: users without a role in workshop or customer care
        """
        self._check_service_role()
        company = self.env.company
        return {
            "day": format_date(self.env, company._get_dealer_today()),
            "branch": company.name,
            "counts": self._get_service_counts(company),
            "blocks": self._get_service_blocks(company),
        }

    @api.model
    def _check_service_role(self):
        user = self.env.user
        if not (self.env.su or any(user.has_group(group) for group in GROUPS)):
            raise AccessError(
                self.env._("This screen is for the staff of workshop and care.")
            )

    @api.model
    def _get_house_domain(self, company):
        """Cars of the branch that are here, as the index of the board has them."""
        return Domain(
            [
                ("company_id", "=", company.id),
                ("vehicle_id", "!=", False),
                ("service_state", "in", list(IN_HOUSE)),
            ]
        )

    @api.model
    def _get_service_counts(self, company):
        """Numbers of now and of today.

        :return: list of dicts ``key``, ``label``, ``value``, ``action``
        """
        return [
            {
                "key": key,
                "label": label,
                "value": self.env[model].search_count(domain),
                "action": self._list_action(
                    label,
                    model,
                    domain,
                    ORDER_LIST if model == "repair.order" else None,
                ),
            }
            for key, label, model, domain in self._get_service_kinds(company)
            if self.env[model].has_access("read")
        ]

    @api.model
    def _get_service_kinds(self, company):
        """What is counted: (key, label, model, domain); other parts add theirs."""
        here = self._get_house_domain(company)
        return [
            (
                "appointments",
                self.env._("Appointments today"),
                "dealer.appointment",
                self._get_appointment_domain(company),
            ),
            ("here", self.env._("In the Workshop"), "repair.order", here),
            *self._get_order_kinds(company, here),
            (
                "callbacks",
                self.env._("Callbacks due"),
                "dealer.callback",
                Domain(
                    [
                        ("company_id", "=", company.id),
                        ("state", "=", "planned"),
                        ("date_due", "<=", company._get_dealer_today()),
                    ]
                ),
            ),
        ]

    @api.model
    def _get_order_kinds(self, company, here):
        today = self._get_day_domain("date_promised", company)
        late = Domain("date_promised", "<", fields.Datetime.now())
        waits = Domain("estimate_state", "in", ["to_approve", "extra"])
        delivered = self._get_day_domain("date_delivered", company) & Domain(
            [("company_id", "=", company.id), ("vehicle_id", "!=", False)]
        )
        kinds = [
            ("in_work", self.env._("In Work"), [("service_state", "=", "in_work")]),
            ("approval", self.env._("Waiting for Approval"), waits),
            (
                "part",
                self.env._("Waiting for Parts"),
                [("parts_state", "=", "waiting")],
            ),
            ("promised", self.env._("Promised today"), today),
            ("late", self.env._("Promise overdue"), late),
            ("ready", self.env._("Ready, not fetched"), self._get_ready_domain()),
        ]
        return [
            *((k, label, "repair.order", here & Domain(d)) for k, label, d in kinds),
            ("delivered", self.env._("Delivered today"), "repair.order", delivered),
        ]

    @api.model
    def _get_ready_domain(self):
        return Domain("service_state", "=", "ready")

    @api.model
    def _get_appointment_domain(self, company):
        return self._get_day_domain("date_start", company) & Domain(
            [("company_id", "=", company.id), ("state", "in", ["booked", "arrived"])]
        )

    @api.model
    def _get_service_blocks(self, company):
        """Lists beside the numbers; other parts of the workshop add theirs.

        :return: list of dicts as of ``dealer.floor._get_floor_blocks``
        """
        here = self._get_house_domain(company)
        promised = here & (
            Domain("date_promised", "<", fields.Datetime.now())
            | self._get_day_domain("date_promised", company)
        )
        waiting = here & (
            Domain("estimate_state", "in", ["to_approve", "extra"])
            | Domain("parts_state", "=", "waiting")
        )
        blocks = [
            ("promised", self.env._("Promised today and late"), promised),
            ("waiting", self.env._("Waiting for approval or parts"), waiting),
            (
                "ready",
                self.env._("Ready, not fetched"),
                here & self._get_ready_domain(),
            ),
        ]
        result = [self._get_order_block(*block) for block in blocks]
        if self.env["dealer.appointment"].has_access("read"):
            result.insert(0, self._get_appointment_block(company))
        return result

    @api.model
    def _get_order_block(self, key, title, domain):
        """Orders of one list, those promised first at its head."""
        orders = self.env["repair.order"]
        shown = orders.search(domain, order="date_promised, id", limit=LINES)
        lines = [self._format_order_line(order) for order in shown]
        levels = {line["level"] for line in lines}
        level = next((x for x in ("danger", "warning") if x in levels), "success")
        return {
            "key": key,
            "title": title,
            "value": orders.search_count(domain),
            "note": "",
            "level": level,
            "action": self._list_action(title, "repair.order", domain, ORDER_LIST),
            "lines": lines,
        }

    @api.model
    def _format_order_line(self, order):
        states = dict(order._fields["service_state"]._description_selection(self.env))
        car = order.vehicle_id.sudo()
        parts = [car.license_plate or car.vin_sn, car.model_id.name]
        note = [states.get(order.service_state), order.promise_text]
        return {
            "key": order.id,
            "text": " · ".join(filter(None, [*parts, order.partner_id.sudo().name])),
            "note": " · ".join(filter(None, note)),
            "user": order.advisor_id.sudo().name or "",
            "level": order.promise_level or "muted",
            "model": "repair.order",
            "res_id": order.id,
        }

    @api.model
    def _get_appointment_block(self, company):
        """Who is expected today and not here yet, the next one first."""
        visits = self.env["dealer.appointment"]
        expected = Domain("state", "=", "booked")
        domain = self._get_appointment_domain(company) & expected
        shown = visits.search(domain, order="date_start, id", limit=LINES)
        title = self.env._("Expected today")
        lines = [self._format_appointment_line(visit) for visit in shown]
        levels = {line["level"] for line in lines}
        return {
            "key": "appointments",
            "title": title,
            "value": visits.search_count(domain),
            "note": "",
            "level": "danger" if "danger" in levels else "success",
            "action": self._list_action(title, "dealer.appointment", domain),
            "lines": lines,
        }

    @api.model
    def _format_appointment_line(self, visit):
        minutes = self._get_minutes(visit.date_start)
        moment = format_time(self.env, visit.date_start, time_format="short")
        late = self.env._("%(span)s late", span=self._format_span(minutes))
        car = visit.vehicle_id.sudo()
        person = visit.partner_id.sudo().name
        return {
            "key": visit.id,
            "text": " · ".join(
                filter(None, [moment, car.license_plate or car.vin_sn, person])
            ),
            "note": late if minutes > 0 else "",
            "user": visit.advisor_id.sudo().name or "",
            "level": "danger" if minutes > 0 else "muted",
            "model": "dealer.appointment",
            "res_id": visit.id,
        }
