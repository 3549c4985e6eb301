# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError

SYSTEM_FIELDS = frozenset({"state", "odoo_event"})


class DealerClubEvent(models.Model):
    """A salon, a drive of the car club, a lecture: when, where, who comes (LOY-06)."""

    _name = "dealer.club.event"
    _description = "Club Event"
    _order = "date_begin desc, id desc"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("salon", "Customer Salon"),
            ("club", "Car Club"),
            ("lecture", "Lecture and Training"),
            ("drive", "Test Drive Event"),
            ("other", "Other"),
        ],
        required=True,
        default="salon",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Registration open"),
            ("done", "Took place"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    date_begin = fields.Datetime("Begins", required=True, copy=False)
    date_end = fields.Datetime("Ends", copy=False)
    place = fields.Char()
    seats = fields.Integer(help="Persons. 0: no limit.")
    seats_taken = fields.Integer("Seats taken", compute="_compute_counts")
    registration_ids = fields.One2many(
        "dealer.club.registration", "event_id", "Registrations"
    )
    registration_count = fields.Integer("Registered", compute="_compute_counts")
    unconfirmed_count = fields.Integer("Unconfirmed", compute="_compute_counts")
    attended_count = fields.Integer("Attended", compute="_compute_counts")
    template_id = fields.Many2one(
        "mail.template",
        "Confirmation",
        domain="[('model', '=', 'dealer.club.registration')]",
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "dealer_aftersales.mail_template_club_confirmation", False
        ),
        help="Sent once to everybody who registers, by e-mail or SMS.",
    )
    points = fields.Integer(
        "Points for coming", help="Where the branch has points of its own."
    )
    campaign_id = fields.Many2one("utm.campaign", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user
    )
    description = fields.Text(translate=True)
    odoo_event = fields.Integer("Event of the Events App", readonly=True, copy=False)
    has_event_app = fields.Boolean(compute="_compute_has_event_app")
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _dates_check = models.Constraint(
        "CHECK (date_end >= date_begin)", "Ends: the end lies before the beginning."
    )
    _numbers_check = models.Constraint(
        "CHECK (COALESCE(seats, 0) >= 0 AND COALESCE(points, 0) >= 0)",
        "Seats, Points: not below zero.",
    )

    @api.depends("registration_ids.state", "registration_ids.persons")
    def _compute_counts(self):
        rows = self.env["dealer.club.registration"]._read_group(
            [("event_id", "in", self._origin.ids), ("state", "!=", "cancelled")],
            ["event_id", "state"],
            ["__count", "persons:sum"],
        )
        for event in self:
            own = {
                state: (count, persons)
                for known, state, count, persons in rows
                if known == event._origin
            }
            event.seats_taken = sum(persons for _count, persons in own.values())
            event.registration_count = sum(count for count, _persons in own.values())
            event.unconfirmed_count = own.get("registered", (0, 0))[0]
            event.attended_count = own.get("attended", (0, 0))[0]

    def _compute_has_event_app(self):
        self.has_event_app = "event.event" in self.env

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system_values(*vals_list)
        if not self.env.su:
            self = without_defaults(self, SYSTEM_FIELDS)
        return super().create(vals_list)

    def write(self, vals):
        self._check_system_values(vals)
        return super().write(vals)

    @api.model
    def _check_system_values(self, *vals_list):
        if not self.env.su and any(SYSTEM_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("An event moves by its buttons only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        if self.registration_ids:
            raise UserError(
                self.env._("Somebody registered for this event: cancel it instead.")
            )

    def _move(self, state):
        self.check_access("write")
        self.sudo().state = state
        return True

    def action_open(self):
        """People may register."""
        return self._move("open")

    def action_done(self):
        """The event was held."""
        return self._move("done")

    def action_cancel(self):
        """The event does not take place; who registered is told by phone."""
        return self._move("cancelled")

    def action_view_registrations(self):
        """Who comes; the context says which state is asked for."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_club_registration_action"
        )
        action["domain"] = [("event_id", "=", self.id)]
        wanted = self.env.context.get("registration_filter")
        action["context"] = {"default_event_id": self.id}
        if wanted:
            action["context"][f"search_default_{wanted}"] = 1
        action["display_name"] = self.name
        return action

    def action_open_event_app(self):
        """The same event in Odoo's Events, for tickets and a website page.

        :raises UserError: where the app is not installed
        """
        self.ensure_one()
        if "event.event" not in self.env:
            raise UserError(self.env._("Install the Events app for this."))
        self.check_access("write")
        events = self.env["event.event"]
        event = events.browse(self.odoo_event).exists()
        if not event:
            event = events.create(
                {
                    "name": self.name,
                    "date_begin": self.date_begin,
                    "date_end": self.date_end or self.date_begin,
                    "company_id": self.company_id.id,
                }
            )
            self.sudo().odoo_event = event.id
        return {
            "type": "ir.actions.act_window",
            "res_model": "event.event",
            "res_id": event.id,
            "views": [(False, "form")],
        }
