# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

RECEPTION = "dealer_crm.group_receptionist"
CONSULTANT = "dealer_crm.group_sales_consultant"
MANAGER = "dealer_crm.group_sales_manager"
VISITS_SHOWN = 80


class DealerFloor(models.AbstractModel):
    """Floor today: who is with whom, who waits, whose turn it is, the day's counts.

    One call reads it all under the rights of the user, with a number of queries
    that does not depend on how many visitors there are.
    """

    _name = "dealer.floor"
    _inherit = ["dealer.board.mixin"]
    _description = "Floor Today"

    @api.model
    @api.readonly
    def get_today(self):
        """All that the screen shows.

        :return: dict of ``day``, ``branch``, ``warning`` (about the rota),
            ``visits`` (open ones, the longest waiting first), ``rota``, ``counts``,
            ``blocks`` (of the manager) and ``can`` (what the user may do)
        :raises AccessError: users without a role in the showroom
        """
        self._check_board_group(RECEPTION)
        company = self.env.company
        rota = self.env["dealer.rota"]._get_today(company).with_env(self.env)
        visits = self._find_open_visits(company)
        manages = self.env.user.has_group(MANAGER)
        return {
            "day": format_date(self.env, company._get_dealer_today()),
            "branch": company.name,
            "warning": rota._get_rota_warning(company),
            "visits": self._format_visits(visits, company),
            "rota": rota._get_floor_rota(visits),
            "counts": self._get_floor_counts(company),
            "blocks": self._get_floor_blocks(company) if manages else [],
            "can": {
                "manage": manages,
                "keep": rota._keeps_floor(),
                "lead": self.env["crm.lead"].has_access("create"),
            },
        }

    @api.model
    def _find_open_visits(self, company):
        """Visits of today that have not left, the first comer first."""
        domain = self.env["dealer.rota"]._get_open_visit_domain(company)
        return self.env["dealer.contact"].search(
            domain, order="date, id", limit=VISITS_SHOWN
        )

    @api.model
    def _format_visits(self, visits, company):
        purposes = dict(visits._fields["purpose"]._description_selection(self.env))
        consultants = self.env["dealer.rota.line"]._find_consultants(company)
        return [
            {
                "id": visit.id,
                "name": visit._get_floor_name(),
                "state": visit.visit_state,
                "purpose": purposes.get(visit.purpose, ""),
                "party": visit.party_size,
                "is_repeat": visit.is_repeat,
                "model": visit._get_floor_model(),
                "user": visit.user_id.sudo().name
                if visit.user_id in consultants
                else "",
                "is_mine": visit.user_id == self.env.user,
                "has_lead": bool(visit.lead_id),
                **self._get_visit_clock(visit),
            }
            for visit in visits
        ]

    @api.model
    def _get_visit_clock(self, visit):
        """How long somebody waits or talks: "12 min", red after a quarter."""
        waits = visit.visit_state == "waiting"
        minutes = self._get_minutes(
            visit.date if waits else visit.date_served or visit.date
        )
        late = waits and minutes >= 15
        return {
            "span": self._format_span(max(minutes, 0)),
            "level": "danger" if late else "warning" if waits else "success",
        }

    @api.model
    def _get_floor_counts(self, company):
        """Numbers of today's register, each with its records; one query."""
        domain = self._get_day_domain("date", company) & Domain(
            [("company_id", "=", company.id), ("is_register", "=", True)]
        )
        groups = self.env["dealer.contact"]._read_group(
            domain,
            ["channel", "is_counted", "is_repeat", "has_left_data"],
            ["__count", "party_size:sum"],
        )
        visit = Domain("channel", "=", "visit")
        counted = Domain("is_counted", "=", True)
        batch = visit & counted
        kinds = [
            ("batches", self.env._("Batches"), batch),
            (
                "first",
                self.env._("First Visit"),
                batch & Domain("is_repeat", "=", False),
            ),
            ("repeat", self.env._("Again"), batch & Domain("is_repeat", "=", True)),
            (
                "data",
                self.env._("Data left"),
                batch & Domain("has_left_data", "=", True),
            ),
            ("people", self.env._("People"), visit),
            ("calls", self.env._("Calls"), counted & Domain("channel", "=", "phone")),
        ]
        sums = self._sum_counts(groups)
        return [
            {
                "key": key,
                "label": label,
                "value": sums[key],
                "action": self._list_action(label, "dealer.contact", domain & only),
            }
            for key, label, only in kinds
        ]

    @api.model
    def _sum_counts(self, groups):
        """:return: dict of the numbers by key"""
        sums = dict.fromkeys(
            ("batches", "first", "repeat", "data", "calls", "people"), 0
        )
        for channel, is_counted, is_repeat, has_data, number, people in groups:
            if channel == "phone":
                sums["calls"] += number if is_counted else 0
                continue
            sums["people"] += people or 0
            if is_counted:
                sums["batches"] += number
                sums["repeat" if is_repeat else "first"] += number
                sums["data"] += number if has_data else 0
        return sums

    @api.model
    def _get_floor_blocks(self, company):
        """What a manager watches besides; other files and addons add theirs.

        :return: list of dicts: ``key``, ``title``, ``value`` (number or text),
            ``level``, ``action`` (the records behind) and ``lines`` of dicts
            ``key``, ``text``, ``note``, ``user``, ``level``, ``model``, ``res_id``
        """
        return []

    @api.model
    def give_turn(self, visit_id):
        """A visitor nobody took gets the next free consultant.

        :raises UserError: everybody is busy, or the visitor has a consultant
        """
        self._check_board_group(RECEPTION)
        visit = self.env["dealer.contact"].browse(visit_id)
        visit.check_access("write")
        visit._lock_row()
        company = visit.company_id
        consultants = self.env["dealer.rota.line"]._find_consultants(company)
        if visit.visit_state != "waiting" or visit.user_id in consultants:
            raise UserError(self.env._("This visitor has a consultant already."))
        user = self.env["dealer.rota"]._take_turn(company)
        if not user:
            raise UserError(self.env._("Nobody on the rota is free at the moment."))
        visit.sudo().user_id = user
        return user.sudo().name


class DealerContact(models.Model):
    _inherit = "dealer.contact"

    def _get_floor_name(self):
        """The visitor's name for everybody in the showroom; never a phone."""
        self.ensure_one()
        visit = self.sudo()
        person = visit.partner_id
        if person.is_restricted and self.env["res.partner"]._hides_restricted():
            return self.env._("Visitor")
        lead = visit.lead_id
        name = visit.visitor_name or person.name or lead.contact_name
        return name or lead.partner_name or self.env._("Visitor")

    def _get_floor_model(self):
        """The model that was asked for, here or on the lead."""
        self.ensure_one()
        visit = self.sudo()
        model = visit.vehicle_model_id or visit.lead_id.vehicle_model_id
        return model.display_name or ""
