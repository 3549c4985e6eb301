# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError
from odoo.tools import format_datetime

#: Set by the buttons and the jobs only.
SYSTEM_FIELDS = frozenset(
    {
        "calendar_event_id",
        "date_arrived",
        "date_requested",
        "escalated_on",
        "rebooked_from_id",
        "repair_id",
        "state",
    }
)
#: In these states the car has its place in the workshop.
PLACED = ("booked", "arrived")


class DealerAppointment(models.Model):
    """A visit to the workshop that was asked for or booked: who, which car, when.

    A request waits for a time; a booked visit has a bay and an advisor, and ends as
    arrived, missed or cancelled. On arrival it becomes a repair order.
    """

    _name = "dealer.appointment"
    _description = "Service Appointment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_start, id"
    _check_company_auto = True

    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('trade_state', '!=', False)]",
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Who booked; another person than the owner brings the car.",
    )
    phone = fields.Char(compute="_compute_phone")
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    service_kind = fields.Selection(
        selection="_selection_service_kind", required=True, default="maintenance"
    )
    request = fields.Text("What is wished", help="In the customer's words, by line.")
    source = fields.Selection(
        [
            ("desk", "At the Desk"),
            ("phone", "By Phone"),
            ("portal", "Portal"),
            ("reminder", "After a Reminder"),
        ],
        required=True,
        default="phone",
    )
    callback_id = fields.Many2one(
        "dealer.callback",
        index="btree_not_null",
        ondelete="set null",
        help="The call that led to the visit.",
    )
    date_start = fields.Datetime("Comes at", tracking=True, copy=False)
    date_stop = fields.Datetime(
        "Until",
        compute="_compute_date_stop",
        store=True,
        readonly=False,
        copy=False,
        help="So long the car keeps its bay.",
    )
    date_promised = fields.Datetime("Promised for", copy=False)
    bay_id = fields.Many2one(
        "dealer.service.bay",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        copy=False,
        help="Empty: the first free one is taken when the visit is booked.",
    )
    bay_color = fields.Integer(related="bay_id.color")
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        tracking=True,
        copy=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: the car's own advisor if he is free, else another one.",
    )
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("booked", "Booked"),
            ("arrived", "Arrived"),
            ("no_show", "No-show"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="requested",
        readonly=True,
        copy=False,
        tracking=True,
    )
    cancel_reason = fields.Char(copy=False)
    date_arrived = fields.Datetime("Arrived on", readonly=True, copy=False)
    rebooked_from_id = fields.Many2one(
        "dealer.appointment",
        "Instead of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    repair_id = fields.Many2one(
        "repair.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    calendar_event_id = fields.Many2one(
        "calendar.event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _time_check = models.Constraint(
        "CHECK (date_stop > date_start)", "Until: the visit ends before it begins."
    )
    _placed_check = models.Constraint(
        "CHECK (state NOT IN ('booked', 'arrived', 'no_show') "
        "OR date_start IS NOT NULL)",
        "Comes at: a booked visit has a time.",
    )
    _day_idx = models.Index("(company_id, date_start)")
    _bay_idx = models.Index("(bay_id, date_start) WHERE state IN ('booked', 'arrived')")
    _advisor_idx = models.Index("(advisor_id, date_start) WHERE advisor_id IS NOT NULL")
    _requested_idx = models.Index("(company_id, create_date) WHERE state = 'requested'")

    @api.model
    def _selection_service_kind(self):
        kinds = self.env["repair.order"]._fields["service_kind"]
        return kinds._description_selection(self.env)

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        """The owner books, unless somebody else was chosen."""
        for visit in self:
            visit.partner_id = visit.partner_id or visit.vehicle_id.owner_id

    @api.depends("partner_id.phone")
    @api.depends_context("uid")
    def _compute_phone(self):
        phones = self.partner_id._get_visible_phones()
        for visit in self:
            visit.phone = phones.get(visit.partner_id.id)

    @api.depends("date_start", "service_kind")
    def _compute_date_stop(self):
        """As long as the branch plans for this kind of service."""
        for visit in self:
            company = visit.company_id or self.env.company
            minutes = company._get_visit_minutes(visit.service_kind)
            start = visit.date_start
            visit.date_stop = start and fields.Datetime.add(start, minutes=minutes)

    @api.depends("vehicle_id.license_plate", "vehicle_id.vin_sn", "date_start")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for visit in self:
            car = visit.vehicle_id
            moment = visit.date_start and format_datetime(
                self.env, visit.date_start, dt_format="short"
            )
            parts = [car.license_plate or car.vin_sn or car.name, moment]
            visit.display_name = " · ".join(filter(None, parts)) or self.env._("New")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        if not self.env.su:
            self = without_defaults(self, SYSTEM_FIELDS)
            for vals in vals_list:
                self._check_system_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_system_fields(vals)
        return super().write(vals)

    @api.model
    def _check_system_fields(self, vals):
        """:raises AccessError: a client sends what only the buttons set"""
        names = sorted(SYSTEM_FIELDS & vals.keys())
        if names:
            raise AccessError(
                self.env._(
                    "%(field)s: set by the buttons of the appointment only.",
                    field=self._fields[names[0]]._description_string(self.env),
                )
            )
