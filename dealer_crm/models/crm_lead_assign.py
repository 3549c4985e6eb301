# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .dealer_handover import QUIET

MANAGER = "dealer_crm.group_sales_manager"


class CrmLead(models.Model):
    """Who works on a lead: by rule, by the manager's word, or taken from the pool."""

    _inherit = "crm.lead"

    assign_log_id = fields.Many2one(
        "dealer.assign.log",
        "Last Assignment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="dealer_crm.group_dealer_user",
    )
    assign_log_ids = fields.One2many(
        "dealer.assign.log",
        "lead_id",
        "Assignments",
        readonly=True,
        groups="dealer_crm.group_dealer_user",
    )
    assign_reason = fields.Char(
        "Why this Consultant",
        compute="_compute_assign_reason",
        compute_sudo=True,
        groups="dealer_crm.group_dealer_user",
    )

    _pool_idx = models.Index(
        "(company_id, id) WHERE user_id IS NULL AND active AND won_status = 'pending'"
    )
    _load_idx = models.Index("(user_id) WHERE active AND won_status = 'pending'")

    @api.depends("assign_log_id")
    @api.depends_context("lang")
    def _compute_assign_reason(self):
        for lead in self:
            lead.assign_reason = lead.assign_log_id.reason

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_noted_fields(set().union(*vals_list))
        if self._is_import_for_rules():
            vals_list = [{"user_id": False, **vals} for vals in vals_list]
        leads = super().create(vals_list)
        leads.filtered(lambda x: not x.user_id)._assign_by_rules()
        return leads

    @api.model
    def _is_import_for_rules(self):
        """A manager's import without consultants is for the rules, not for himself."""
        return (
            self.env.context.get("import_file")
            and self.env.user.has_group(MANAGER)
            and bool(self.env["dealer.assign.rule"]._get_rules(self.env.companies))
        )

    def write(self, vals):
        self._refuse_noted_fields(vals)
        if "user_id" not in vals or (
            self.env.su and self.env.context.get("dealer_assign_logged")
        ):
            return super().write(vals)
        user = self.env["res.users"].browse(vals["user_id"] or None)
        moved = self.filtered(lambda x: x.user_id != user)
        moved._check_may_move(user)
        before = {lead.id: lead.user_id.id for lead in moved}
        result = super().write(vals)
        if not self.env.su:
            moved._move_open_work(before, user)
        moved._log_assignment(dict.fromkeys(moved.ids, {"kind": "changed"}), before)
        return result

    @api.model
    def _get_noted_fields(self):
        """Names of the fields that only the system writes; others may add theirs."""
        return {"assign_log_id", "assign_log_ids"}

    @api.model
    def _refuse_noted_fields(self, names):
        """:raises AccessError: a client sends what the system notes itself"""
        if self.env.su:
            return
        names = set(names) | {key.removeprefix("default_") for key in self.env.context}
        for name in sorted(self._get_noted_fields() & names):
            raise AccessError(
                self.env._(
                    "%(field)s is noted by the system.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    def _check_may_move(self, user):
        """:raises AccessError: a consultant gives a lead away or takes another's"""
        me = self.env.user
        if self.env.su or me.has_group(MANAGER):
            return
        if not me.has_group("dealer_crm.group_dealer_user"):
            return  # sales people outside of the dealership keep Odoo's own rules
        if user != me or any(lead.user_id for lead in self):
            raise AccessError(
                self.env._(
                    "Only a sales manager changes the consultant of a lead. Leads of "
                    "nobody may be taken."
                )
            )

    def _move_open_work(self, before, user):
        """What the earlier consultant had planned on these leads goes along.

        The follow-up moves with the lead by itself.

        :param dict before: id of the earlier user by lead
        """
        old = set(before.values()) - {False}
        if not user or not old:
            return
        leads = self.sudo().with_context(**QUIET)
        mine = Domain("user_id", "in", list(old))
        promises = leads.env["dealer.promise"].search(
            mine & Domain("lead_id", "in", self.ids) & Domain("state", "=", "open")
        )
        promises.filtered(lambda p: p.user_id.id == before[p.lead_id.id]).write(
            {"user_id": user.id}
        )
        activities = leads.env["mail.activity"].search(
            mine
            & Domain("res_model", "=", "crm.lead")
            & Domain("res_id", "in", self.ids)
        )
        activities.filtered(lambda a: a.user_id.id == before[a.res_id]).write(
            {"user_id": user.id}
        )

    def _log_assignment(self, values, before=None):
        """One line per lead; the last one explains the lead.

        :param dict values: those of the line by lead id
        :param dict before: id of the earlier user by lead id
        """
        before = before or {}
        logs = (
            self.env["dealer.assign.log"]
            .sudo()
            .create(
                [
                    {
                        "lead_id": lead.id,
                        "user_from_id": before.get(lead.id, False),
                        "user_to_id": lead.user_id.id,
                        "user_id": self.env.uid,
                        "company_id": lead.company_id.id,
                        **values[lead.id],
                    }
                    for lead in self.sudo()
                ]
            )
        )
        if logs:
            # one statement: nothing depends on it, and it is no change of the lead
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_lead SET assign_log_id = log.id"
                    " FROM dealer_assign_log log"
                    " WHERE log.lead_id = crm_lead.id AND log.id IN %s",
                    tuple(logs.ids),
                )
            )
            self.invalidate_recordset(["assign_log_id", "assign_reason"])

    def _give_to(self, user, values):
        """The system or a manager gives these leads to ``user``, quietly.

        :param dict values: of the log by lead id, see :meth:`_log_assignment`
        """
        before = {lead.id: lead.user_id.id for lead in self}
        leads = self.sudo().with_context(
            **QUIET, mail_notrack=True, dealer_assign_logged=True
        )
        for kind, part in leads.grouped("type").items():
            part._write_consultant(user, kind)
        self._move_open_work(before, user)
        self._log_assignment(values, before)

    def _write_consultant(self, user, kind):
        """Core asks for the team of each single lead; here it is asked for once."""
        staying = self.filtered(
            lambda x: not user or user in x.team_id.member_ids | x.team_id.user_id
        )
        if staying:
            staying.write({"user_id": user.id})
        if moving := self - staying:
            usage = "use_leads" if kind == "lead" else "use_opportunities"
            team = self.env["crm.team"]._get_default_team_id(
                user_id=user.id, domain=[(usage, "=", True)]
            )
            moving.write({"user_id": user.id, "team_id": team.id})

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        opportunities.sudo().assign_log_ids.write({"lead_id": self.id})
        return result

    def action_take(self):
        """A consultant takes leads of nobody; who comes second is told.

        :raises UserError: somebody else was faster
        """
        if not self.env.user.has_group("dealer_crm.group_sales_consultant"):
            raise AccessError(self.env._("Only sales consultants take leads."))
        self.flush_recordset(["user_id"])
        self.env.cr.execute(
            SQL(
                "SELECT id FROM crm_lead WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset(["user_id"])
        if self.sudo().filtered("user_id"):
            # who may not read the lead any more learns nothing else of it
            raise UserError(
                self.env._("Somebody was faster: this lead has a consultant already.")
            )
        self.check_access("write")
        self._give_to(self.env.user, dict.fromkeys(self.ids, {"kind": "taken"}))
        return True

    def action_assign(self):
        """A manager chooses who gets these leads."""
        return self.env["dealer.lead.assign"]._open_for(self)

    def action_explain_assignment(self):
        """Why me? The whole way of this lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_assign_log_action"
        )
        return action | {"domain": [("lead_id", "=", self.id)], "target": "new"}
