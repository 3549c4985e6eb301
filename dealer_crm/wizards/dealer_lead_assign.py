# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

MANAGER = "dealer_crm.group_sales_manager"


class DealerLeadAssign(models.TransientModel):
    """A manager gives leads to a consultant, by rule or back to the pool.

    The consultants of the branch are listed with what they made of such leads in the
    last twelve months and what they have open; the manager decides.
    """

    _name = "dealer.lead.assign"
    _description = "Assign Leads"

    lead_ids = fields.Many2many("crm.lead", string="Leads", required=True)
    lead_count = fields.Integer("Number of Leads", compute="_compute_lead_count")
    mode = fields.Selection(
        [
            ("user", "To a consultant"),
            ("rule", "By the rules"),
            ("pool", "Back to the pool"),
        ],
        "Assign",
        required=True,
        default="user",
    )
    user_id = fields.Many2one(
        "res.users",
        "Consultant",
        domain="[('share', '=', False), ('company_ids', 'in', company_ids)]",
    )
    company_ids = fields.Many2many("res.company", compute="_compute_company_ids")
    series = fields.Char("Compared on", compute="_compute_series")
    reason = fields.Char(help="Both consultants read it.")
    line_ids = fields.One2many("dealer.lead.assign.line", "wizard_id")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_manager()
        wizards = super().create(vals_list)
        for wizard in wizards.filtered(lambda w: not w.line_ids):
            wizard._fill_lines()
        return wizards

    @api.depends("lead_ids")
    def _compute_lead_count(self):
        for wizard in self:
            wizard.lead_count = len(wizard.lead_ids)

    @api.depends("lead_ids.company_id")
    def _compute_company_ids(self):
        for wizard in self:
            wizard.company_ids = wizard.lead_ids.company_id or self.env.company

    @api.depends("lead_ids.vehicle_model_id")
    def _compute_series(self):
        for wizard in self:
            models = wizard.lead_ids.vehicle_model_id
            names = {model.series or model.name for model in models}
            wizard.series = ", ".join(sorted(names)) or self.env._("All Models")

    @api.model
    def _open_for(self, leads):
        """The dialog with the consultants listed already."""
        wizard = self.create({"lead_ids": [Command.set(leads.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign Leads"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _check_manager(self):
        """:raises AccessError: for everybody but managers"""
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a sales manager assigns leads."))

    def _fill_lines(self):
        """Consultants of the branch, the best on this series first."""
        self.ensure_one()
        users = self._get_candidates()
        results = self._get_results(users)
        load = self.env["crm.lead"]._get_open_load(users)
        absent = users.browse()
        for company in self.company_ids:
            absent |= self.env["dealer.rota"]._get_absent_users(company)
        lines = []
        for user in users:
            won, closed = results.get(user.id, (0, 0))
            lines.append(
                {
                    "user_id": user.id,
                    "won_count": won,
                    "closed_count": closed,
                    "conversion": won / closed if closed else 0.0,
                    "open_count": load.get(user.id, 0),
                    "is_absent": user in absent,
                }
            )
        lines.sort(key=lambda x: (-x["conversion"], x["open_count"], x["user_id"]))
        self.line_ids = [Command.create(line) for line in lines]

    def _get_candidates(self):
        """Active sales consultants who work in all branches of the leads."""
        group = self.env.ref("dealer_crm.group_sales_consultant")
        users = self.env["res.users"].sudo()
        domain = Domain("all_group_ids", "in", group.ids) & Domain("share", "=", False)
        for company in self.company_ids:
            domain &= Domain("company_ids", "in", company.ids)
        return users.search(domain)

    def _get_results(self, users):
        """Leads won and closed in the last twelve months by user; one query.

        Those on the same series count, all where no model of interest is known.

        :return: dict user id to (won, closed)
        """
        since = fields.Datetime.now() - relativedelta(months=12)
        domain = (
            Domain("user_id", "in", users.ids)
            & Domain("won_status", "in", ("won", "lost"))
            & Domain("date_closed", ">=", since)
            & Domain("company_id", "in", [False, *self.company_ids.ids])
            & self._get_series_domain()
        )
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        results = {}
        for user, status, count in leads._read_group(
            domain, ["user_id", "won_status"], ["__count"]
        ):
            won, closed = results.get(user.id, (0, 0))
            results[user.id] = (won + count * (status == "won"), closed + count)
        return results

    def _get_series_domain(self):
        cars = self.lead_ids.vehicle_model_id
        if not cars:
            return Domain.TRUE
        names = {car.series for car in cars if car.series}
        same = Domain("vehicle_model_id", "in", cars.ids)
        return same | Domain("vehicle_model_id.series", "in", list(names))

    def action_apply(self):
        """Assign the leads as chosen and tell both consultants.

        :raises UserError: no reason, nobody chosen, or no rule fits any of the leads
        """
        self.ensure_one()
        self._check_manager()
        leads = self.lead_ids.filtered(lambda x: x.won_status == "pending")
        leads.check_access("write")
        if not (self.reason or "").strip():
            raise UserError(self.env._("Reason: say why the leads move."))
        if self.mode == "user" and not self.user_id:
            raise UserError(self.env._("Choose a consultant first."))
        if not leads:
            raise UserError(self.env._("Leads won or lost keep their consultant."))
        owners = {lead: lead.user_id for lead in leads}
        if self.mode == "rule":
            self._assign_by_rule(leads)
        else:
            user = self.user_id if self.mode == "user" else self.user_id.browse()
            leads._give_to(user, dict.fromkeys(leads.ids, self._prepare_log()))
        self._notify_moved(owners)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_log(self):
        return {"kind": "manual", "note": self.reason}

    def _assign_by_rule(self, leads):
        """By rule, but never to who has the lead now; no rule fits: it stays."""
        owners = {lead.id: lead.user_id for lead in leads}
        given = leads._assign_by_rules(passed_over=owners)
        if not given:
            raise UserError(
                self.env._("No rule fits these leads and has anybody free.")
            )
        given.assign_log_id.sudo().write({"note": self.reason})

    def _notify_moved(self, owners):
        """Tell who got leads and who lost them."""
        leads = self.env["crm.lead"].union(*owners)
        moved = leads.filtered(lambda x: x.user_id != owners[x])
        for user, given in moved.grouped("user_id").items():
            if user and self.mode != "rule":  # the rules told their people
                texts = self.with_context(lang=user.lang)
                given._notify_person(
                    user,
                    texts.env._("New leads for you: %(count)d", count=len(given)),
                    texts.env._("Given to you by a manager: %(why)s", why=self.reason),
                )
        for user, lost in moved.grouped(lambda x: owners[x]).items():
            if user:
                texts = self.with_context(lang=user.lang)
                lost._notify_person(
                    user,
                    texts.env._("Leads moved to others: %(count)d", count=len(lost)),
                    texts.env._("A manager gave them away: %(why)s", why=self.reason),
                )


class DealerLeadAssignLine(models.TransientModel):
    """One consultant who could take the leads, with his record."""

    _name = "dealer.lead.assign.line"
    _description = "Consultant to choose"
    _order = "id"

    wizard_id = fields.Many2one("dealer.lead.assign", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Consultant", required=True, readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    closed_count = fields.Integer("Closed", readonly=True)
    conversion = fields.Float(readonly=True, help="Won of all closed in 12 months.")
    open_count = fields.Integer("Open Leads", readonly=True)
    is_absent = fields.Boolean("Absent Today", readonly=True)

    def action_choose(self):
        """Give the leads to this consultant."""
        self.ensure_one()
        self.wizard_id.write({"mode": "user", "user_id": self.user_id.id})
        return self.wizard_id.action_apply()
