# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.row_lock import touch_rows

SYSTEM_FIELDS = frozenset(
    "state date_confirmed confirmed_by contact_id confirmation_problem".split()
)


class DealerClubRegistration(models.Model):
    """Somebody comes to an event: registered, confirmed, there or not."""

    _name = "dealer.club.registration"
    _inherit = "dealer.reference.mixin"
    _description = "Registration"
    _order = "date_begin desc, id desc"

    event_id = fields.Many2one(
        "dealer.club.event", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="set null")
    name = fields.Char(
        "Name of the Person",
        compute="_compute_person",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    phone = fields.Char("Phone of a Guest", help="Of somebody without a file.")
    email = fields.Char("E-mail of a Guest", help="Of somebody without a file.")
    persons = fields.Integer("Number of Persons", required=True, default=1)
    note = fields.Char("Remark")
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("confirmed", "Confirmed"),
            ("attended", "Attended"),
            ("absent", "Did not come"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="registered",
        copy=False,
        index=True,
    )
    date_confirmed = fields.Datetime("Confirmed on", readonly=True, copy=False)
    confirmed_by = fields.Selection(
        [("email", "E-mail"), ("sms", "SMS"), ("phone", "Phone")],
        "Confirmed through",
        readonly=True,
        copy=False,
    )
    contact_id = fields.Many2one(
        "dealer.contact",
        "In the Ledger",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    confirmation_problem = fields.Char("Not sent because", readonly=True, copy=False)
    date_begin = fields.Datetime(related="event_id.date_begin", store=True, index=True)
    campaign_id = fields.Many2one(related="event_id.campaign_id")
    company_id = fields.Many2one(related="event_id.company_id", store=True, index=True)

    _person_uniq = models.UniqueIndex(
        "(event_id, partner_id) WHERE partner_id IS NOT NULL AND state <> 'cancelled'",
        "Customer: is registered for this event already.",
    )
    _persons_check = models.Constraint(
        "CHECK (persons > 0)", "Persons: at least one comes."
    )

    @api.depends("partner_id", "lead_id")
    def _compute_person(self):
        for entry in self:
            lead = entry.lead_id.sudo()
            known = entry.partner_id.name or lead.contact_name or lead.partner_name
            entry.name = known or entry.name

    @api.constrains("event_id", "persons", "state")
    def _check_seats(self):
        """Two desks register the last seat at once: the second one is told."""
        events = self.event_id.filtered("seats")
        touch_rows(events)
        for event in events:
            event.invalidate_recordset(["seats_taken"])
            if event.seats_taken > event.seats:
                raise ValidationError(
                    self.env._(
                        "Persons: %(event)s has %(seats)s seats, %(taken)s would come.",
                        event=event.name,
                        seats=event.seats,
                        taken=event.seats_taken,
                    )
                )

    @api.constrains("event_id")
    def _check_event(self):
        for entry in self:
            if entry.event_id.state != "open":
                raise ValidationError(
                    self.env._(
                        "Event: %(event)s takes no registrations now.",
                        event=entry.event_id.name,
                    )
                )

    @api.model
    def _get_guarded_references(self):
        return ("event_id", "partner_id", "lead_id")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system_values(*vals_list)
        entries = without_defaults(self, SYSTEM_FIELDS)
        made = super(DealerClubRegistration, entries).create(vals_list)
        made._send_confirmations()
        return made

    def write(self, vals):
        self._check_system_values(vals)
        result = super().write(vals)
        if "partner_id" in vals:
            self._book_points()
        return result

    @api.model
    def _check_system_values(self, *vals_list):
        if not self.env.su and any(SYSTEM_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("A registration moves by its buttons only."))

    def _move(self, state, sources):
        self.check_access("write")
        if any(entry.state not in sources for entry in self):
            raise UserError(self.env._("This registration has gone on meanwhile."))
        self.sudo().state = state
        return True

    def action_attended(self):
        """Was there; points follow."""
        self._move("attended", ("registered", "confirmed", "absent"))
        self._book_points()
        return True

    def action_absent(self):
        """Did not come."""
        self._move("absent", ("registered", "confirmed", "attended"))
        self._book_points()
        return True

    def action_cancel(self):
        """Does not come; the seat is free again."""
        return self._move("cancelled", ("registered", "confirmed"))

    def action_register_again(self):
        """Comes after all, or was ticked by mistake."""
        self.check_access("write")
        for entry in self.sudo():
            entry.state = "confirmed" if entry.date_confirmed else "registered"
        self._book_points()
        return True

    def _book_points(self):
        """The ledger holds the event's points for who was there, else none."""
        entries = self.sudo().filtered(lambda e: e.company_id.points_system == "own")
        ledger = self.env["dealer.points.line"].sudo()
        rows = ledger._read_group(
            [("registration_id", "in", entries.ids)],
            ["registration_id", "partner_id"],
            ["points:sum"],
        )
        left = {(entry, partner): -points for entry, partner, points in rows}
        for entry in entries:
            if entry.state == "attended" and entry.partner_id:
                key = (entry, entry.partner_id)
                left[key] = left.get(key, 0) + entry.event_id.points
        ledger.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": entry.company_id.id,
                    "registration_id": entry.id,
                    "points": points,
                    "kind": "event",
                    "reference": entry.event_id.name,
                }
                for (entry, partner), points in left.items()
                if points
            ]
        )
