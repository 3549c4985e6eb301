# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import format_amount, format_date

CARS_SHOWN = 12
LINES_SHOWN = 10


class ResPartner(models.Model):
    """The customer in five seconds: who, which cars, what is open, what is next.

    Read when the page is looked at, never with the form itself. Every part is what
    the user may read; other addons add theirs through the hooks.
    """

    _inherit = "res.partner"

    @api.readonly
    def get_dealer_overview(self):
        """The overview of one customer, ready to show.

        :return: dict of ``who``, ``marks``, ``cars``, ``car_count``, ``now``, ``next``
        :raises AccessError: no right to read the customer, or no role here
        """
        self.ensure_one()
        self._check_timeline_access()
        cars, count = self._get_overview_cars()
        return {
            "who": self._get_desk_who(),
            "marks": self._get_desk_marks(),
            "cars": cars,
            "car_count": count,
            "now": self._get_desk_now(),
            "next": sorted(self._get_desk_next(), key=lambda line: line["date"]),
        }

    def _get_desk_who(self):
        """Name, phone as the user may see it, how and when to speak to the person."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.display_name,
            "phone": self._get_visible_phones()[self.id],
            "number": self.ref or "",
            "is_file": bool(self.file_state),
            "state": self._get_choice(self, "file_state"),
            "completeness": self.completeness if self.file_state else None,
            "missing": (self.file_state and self.missing_items) or "",
            "tags": [[tag.name, tag.color] for tag in self.category_id],
            "wishes": [
                text
                for text in (
                    self._get_choice(self, "preferred_channel"),
                    self._get_choice(self, "preferred_time"),
                    self._get_choice(self, "communication_style"),
                )
                if text
            ],
        }

    def _get_desk_marks(self):
        """What to mind before speaking: [{level, text}]; other addons add theirs."""
        self.ensure_one()
        marks = []
        if self.is_restricted:
            marks.append(self._mark("danger", self.env._("Processing restricted")))
        if "phone_invalid" in self._fields and self.phone_invalid:
            marks.append(self._mark("warning", self.env._("Phone number is wrong")))
        return marks + self._get_consent_marks()

    @api.model
    def _mark(self, level, text):
        return {"level": level, "text": text}

    def _get_consent_marks(self):
        """Advertising: the newest word per channel counts."""
        lines = self.env["dealer.consent"]
        if not lines.has_access("read"):
            return []
        lines = lines.search(
            [("partner_id", "=", self.id), ("purpose", "=", "marketing")], limit=50
        )
        newest = {}
        for line in lines:
            newest.setdefault(line.channel, line)
        channels = {"withdrawn": [], "given": []}
        for line in newest.values():
            channels[line.state].append(self._get_choice(line, "channel"))
        return self._format_consents(**channels)

    @api.model
    def _format_consents(self, withdrawn, given):
        marks = []
        if withdrawn:
            text = self.env._(
                "No advertising by: %(channels)s", channels=", ".join(withdrawn)
            )
            marks.append(self._mark("danger", text))
        if given:
            text = self.env._(
                "Advertising allowed: %(channels)s", channels=", ".join(given)
            )
            marks.append(self._mark("success", text))
        return marks

    def _get_overview_cars(self):
        """Cars of today and of former times, with the person's roles; their number."""
        self.ensure_one()
        parties = self.env["dealer.vehicle.party"].search(
            [("partner_id", "=", self.id), ("vehicle_id.active", "=", True)]
        )
        by_car = parties.grouped("vehicle_id")
        order = sorted(
            by_car, key=lambda car: not any(by_car[car].mapped("is_current"))
        )
        shown = self.env["fleet.vehicle"].union(*order)[:CARS_SHOWN]
        orders = parties.sale_order_id._filtered_access("read")
        cars = shown._get_desk_cars()
        for car in cars:
            lines = by_car[shown.browse(car["id"])]
            car["roles"] = [self._format_role(line, orders) for line in lines]
            car["is_current"] = any(lines.mapped("is_current"))
        return cars, len(by_car)

    @api.model
    def _format_role(self, party, orders):
        """A role from when to when; what the owner paid, and by which contract."""
        order = party.sale_order_id & orders
        price = party.price and format_amount(
            self.env, party.price, party.currency_id or self.env.company.currency_id
        )
        return {
            "price": price or "",
            "order": order.name or "",
            "order_id": order.id,
            "role": self._get_choice(party, "role"),
            "since": format_date(self.env, party.date_from),
            "until": format_date(self.env, party.date_to),
            "is_current": party.is_current,
        }

    def _get_desk_now(self, vehicle=None):
        """What is open for these people and this car; other addons add theirs.

        :param vehicle: the car they came with, if it is known
        :return: list of dicts: level (danger, warning, info, success), icon, text,
            and the record behind it (model, res_id)
        """
        return self._get_open_lead_lines() + self._get_unpaid_lines()

    def _get_open_lead_lines(self):
        leads = self.env["dealer.reception"]._get_open_leads(self, [])
        today = self.env.company._get_dealer_today()
        lines = []
        for lead in leads[:LINES_SHOWN]:
            text = self.env._(
                "Open lead: %(model)s, %(user)s",
                model=lead.vehicle_model_id.name or lead.name,
                user=lead.user_id.name or self.env._("nobody"),
            )
            if lead.grade_id:
                text = f"{text} ({lead.grade_id.code})"
            late = lead.next_contact_date and lead.next_contact_date < today
            lines.append(
                self._line("danger" if late else "info", "fa-star-o", text, lead)
            )
        return lines

    def _get_unpaid_lines(self):
        """The open balance, for those who may read the invoices."""
        moves = self.env["account.move"]
        if not self or not moves.has_access("read"):
            return []
        groups = moves._read_group(
            [
                ("partner_id", "in", self.ids),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ],
            ["company_currency_id"],
            ["amount_residual_signed:sum"],
        )
        return [
            self._line(
                "warning",
                "fa-money",
                self.env._("Unpaid: %(amount)s", amount=currency.format(amount)),
            )
            for currency, amount in groups
            if not currency.is_zero(amount)
        ]

    @api.model
    def _line(self, level, icon, text, record=None):
        """One line of what is open or planned; a click opens the record."""
        return {
            "level": level,
            "icon": icon,
            "text": text,
            "model": record._name if record else False,
            "res_id": record.id if record else False,
        }

    def _get_desk_next(self):
        """What is planned with this person, by whom and when; others add theirs."""
        self.ensure_one()
        leads = self.env["dealer.reception"]._get_open_leads(self, [])
        lines = [
            self._plan(
                lead.next_contact_date,
                self.env._("Contact about %(name)s", name=lead.name),
                lead.user_id,
                lead,
            )
            for lead in leads
            if lead.next_contact_date
        ]
        return lines + self._get_activity_lines(leads)

    def _get_activity_lines(self, leads):
        """Planned activities; the follow-up of a lead is its next contact above."""
        follow_up = self.env.ref(
            "dealer_crm.mail_activity_type_follow_up", raise_if_not_found=False
        )
        activities = self.env["mail.activity"].search(
            [
                "|",
                "&",
                ("res_model", "=", "res.partner"),
                ("res_id", "=", self.id),
                "&",
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", leads.ids),
                ("activity_type_id", "!=", follow_up.id if follow_up else False),
            ],
            order="date_deadline, id",
            limit=LINES_SHOWN,
        )
        return [
            self._plan(
                activity.date_deadline,
                activity.summary or activity.activity_type_id.name,
                activity.user_id,
                self.env[activity.res_model].browse(activity.res_id),
            )
            for activity in activities
        ]

    @api.model
    def _plan(self, day, text, user, record):
        """One planned step."""
        today = self.env.company._get_dealer_today()
        level = "danger" if day < today else "warning" if day == today else "info"
        line = self._line(level, "fa-clock-o", text, record)
        return line | {
            "date": str(day),
            "day": format_date(self.env, day),
            "user": user.name or "",
        }
