# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools.context import without_defaults

MANAGER = "dealer_crm.group_sales_manager"
SYSTEM = frozenset(
    {"state", "confirmed_by_id", "confirmed_on", "last_line_id", "turn_number"}
)


class DealerRota(models.Model):
    """Who is on duty in the showroom on a day, and in which order visitors go round.

    A manager makes it and confirms it in the morning meeting. Whose turn it is comes
    from the last line that was taken, see :meth:`_take_turn`.
    """

    _name = "dealer.rota"
    _description = "Showroom Rota"
    _order = "date desc, id desc"
    _check_company_auto = True

    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_dealer_today()
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    line_ids = fields.One2many("dealer.rota.line", "rota_id", "Turns", copy=True)
    people = fields.Char(
        "In this Order", compute="_compute_people", help="Those absent are left out."
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    last_line_id = fields.Many2one(
        "dealer.rota.line",
        "Last Turn",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who got the last visitor; the next turn is after this line.",
    )
    turn_number = fields.Integer("Turns taken", readonly=True, copy=False)
    note = fields.Char(help="What everybody on duty should know this day.")

    _day_uniq = models.Constraint(
        "UNIQUE (company_id, date)", "A branch has one rota per day."
    )

    @api.depends("date")
    def _compute_display_name(self):
        for rota in self:
            day = format_date(self.env, rota.date, date_format="EEE yyyy-MM-dd")
            rota.display_name = self.env._("Rota %(day)s", day=day or "")

    @api.depends("line_ids.user_id", "line_ids.sequence", "line_ids.state")
    def _compute_people(self):
        for rota in self:
            present = rota.line_ids.filtered(lambda line: line.state != "absent")
            names = present.sorted("sequence").user_id.sudo().mapped("name")
            rota.people = " → ".join(names)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_system_fields(vals)
        records = self if self.env.su else without_defaults(self, SYSTEM)
        return super(DealerRota, records).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_system_fields(vals)
        return super().write(vals)

    def _check_system_fields(self, vals):
        """:raises AccessError: a client sends what the system notes itself"""
        sent = {name for name in SYSTEM & vals.keys() if vals[name]}
        if sent - {"state"} or vals.get("state", "draft") != "draft":
            if not self.env.su:
                raise AccessError(
                    self.env._(
                        "Who confirmed a rota and whose turn it is, is noted by the "
                        "system."
                    )
                )

    def copy_data(self, default=None):
        """A copy is meant for the next day without a rota of the branch."""
        vals_list = super().copy_data(default)
        for rota, vals in zip(self, vals_list, strict=True):
            if "date" not in (default or {}):
                last = self.search([("company_id", "=", rota.company_id.id)], limit=1)
                vals["date"] = last.date + timedelta(days=1)
        return vals_list

    @api.model
    def _is_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    @api.model
    def _keeps_floor(self):
        """Whether the user marks others busy or absent: managers, the reception."""
        user = self.env.user
        return self._is_manager() or (
            user.has_group("dealer_crm.group_receptionist")
            and not user.has_group("dealer_crm.group_sales_consultant")
        )

    def action_confirm(self):
        """The order of turns holds; said by the manager in the morning meeting.

        :raises AccessError: anybody but a manager
        :raises UserError: a rota with nobody on it
        """
        if not self._is_manager():
            raise AccessError(self.env._("Only a manager confirms the rota."))
        self.check_access("write")
        for rota in self.filtered(lambda r: r.state == "draft"):
            if not rota.line_ids:
                raise UserError(
                    self.env._("%(rota)s: nobody is on it.", rota=rota.display_name)
                )
            rota.sudo().write(
                {
                    "state": "confirmed",
                    "confirmed_by_id": self.env.uid,
                    "confirmed_on": fields.Datetime.now(),
                }
            )
        return True

    def action_reset(self):
        """Back to draft: the order is discussed again; the turn goes on."""
        self.check_access("write")
        self.sudo().write(
            {"state": "draft", "confirmed_by_id": False, "confirmed_on": False}
        )
        return True

    def action_add_consultants(self):
        """A line for each consultant of the branch who has none yet.

        Managers take turns too where they are put on the rota by hand.
        """
        self.check_access("write")
        lines = self.env["dealer.rota.line"]
        for rota in self:
            known = rota.line_ids.user_id
            users = lines._find_consultants(rota.company_id) - known
            users = users.filtered(lambda user: not user.has_group(MANAGER))
            last = max(rota.line_ids.mapped("sequence"), default=0)
            lines.create(
                [
                    {"rota_id": rota.id, "user_id": user.id, "sequence": last + number}
                    for number, user in enumerate(users, 1)
                ]
            )
        return True

    def _copy_to_day(self, day):
        """The same people in the same order on another day, all on duty.

        :return: the new rota, a draft; empty where there is nothing to copy, and
            where the branch has a rota on that day
        """
        if not self or self._find_day(self.company_id, day):
            return self.browse()
        self.ensure_one()
        users = self.env["dealer.rota.line"]._find_consultants(self.company_id)
        lines = self.line_ids.filtered(lambda line: line.user_id in users)
        return self.create(
            {
                "date": day,
                "company_id": self.company_id.id,
                "line_ids": [
                    fields.Command.create(line._prepare_copy_values()) for line in lines
                ],
            }
        )

    @api.model
    def _find_day(self, company, day):
        """The branch's rota of ``day``, or an empty one."""
        return self.search(
            [("company_id", "=", company.id), ("date", "=", day)], limit=1
        )
