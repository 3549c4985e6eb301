# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

PROMISE = "dealer_crm.mail_activity_type_promise"
TERMS = frozenset({"name", "date_due", "user_id", "lead_id", "partner_id"})
SYSTEM = frozenset({"kept_on", "activity_id", "promised_by_id"})


class DealerPromise(models.Model):
    """What somebody promised a customer, until when, and whether it was kept.

    An activity reminds whoever promised it; everybody who opens the lead or the
    customer reads it, so that a colleague does not promise the opposite.
    """

    _name = "dealer.promise"
    _description = "Promise to a Customer"
    _order = "date_due, id"

    name = fields.Char("What was promised", required=True)
    lead_id = fields.Many2one(
        "crm.lead", index="btree_not_null", ondelete="set null", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    promised_by_id = fields.Many2one(
        "res.users",
        "Promised by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    date_due = fields.Date(
        "Due", required=True, default=lambda self: fields.Date.context_today(self)
    )
    state = fields.Selection(
        [("open", "Open"), ("kept", "Kept"), ("broken", "Not kept")],
        required=True,
        default="open",
    )
    kept_on = fields.Date(readonly=True, copy=False)
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _open_idx = models.Index("(company_id, date_due) WHERE state = 'open'")
    _activity_idx = models.Index("(activity_id) WHERE activity_id IS NOT NULL")
    _who_check = models.Constraint(
        "CHECK (lead_id IS NOT NULL OR partner_id IS NOT NULL)",
        "A promise is made to a customer or on a lead.",
    )

    @api.depends("lead_id.partner_id")
    def _compute_partner_id(self):
        for promise in self:
            lead = promise.lead_id.sudo()
            promise.partner_id = lead.partner_id or promise.partner_id

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for promise in self:
            day = promise.date_due
            promise.is_overdue = bool(promise.state == "open" and day and day < today)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "=", "open") & Domain("date_due", "<", today)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_system_fields(vals)
            if vals.get("lead_id") and "company_id" not in vals:
                lead = self.env["crm.lead"].browse(vals["lead_id"]).sudo()
                vals["company_id"] = (lead.company_id or self.env.company).id
        promises = super().create(vals_list)
        promises._check_author()
        promises._sync_activities()
        return promises

    def write(self, vals):
        self._check_system_fields(vals)
        if TERMS & vals.keys():
            self._check_author()
        if "state" in vals:
            today = fields.Date.context_today(self)
            vals = {**vals, "kept_on": vals["state"] == "kept" and today}
        result = super().write(vals)
        if (TERMS | {"state"}) & vals.keys():
            self._sync_activities()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_activities(self):
        self.sudo().activity_id.unlink()

    def _check_system_fields(self, vals):
        """:raises AccessError: a client sends what the system notes itself"""
        names = vals.keys() | {key.removeprefix("default_") for key in self.env.context}
        if SYSTEM & names and not self.env.su:
            raise AccessError(
                self.env._(
                    "Who promised something, and when it was kept, is noted by "
                    "the system."
                )
            )

    def _check_author(self):
        """:raises AccessError: the promise of somebody else, and no manager's rights"""
        user = self.env.user
        if self.env.su or all(promise.user_id == user for promise in self):
            return
        if not any(map(user.has_group, self._get_author_override_groups())):
            raise AccessError(
                self.env._("Only who made a promise or a manager changes its words.")
            )

    @api.model
    def _get_author_override_groups(self):
        """XML ids of the groups that correct promises of other people."""
        return ["dealer_crm.group_sales_manager"]

    def _sync_activities(self):
        """One open activity per open promise, on its day and with its person."""
        if not self:
            return
        done = self.sudo().filtered(lambda p: p.state != "open").activity_id
        kept = self.sudo().filtered(lambda p: p.state == "kept").activity_id
        kept.filtered("active").action_done()
        (done - kept).filtered("active").unlink()
        waiting = self.sudo().filtered(lambda p: p.state == "open")
        waiting.filtered("activity_id.active")._move_activities()
        new = waiting.filtered(lambda p: not p.activity_id.active)
        activities = self.env["mail.activity"].sudo()
        activities = activities.with_context(mail_activity_quick_update=True)
        made = activities.create([p._prepare_activity_values() for p in new])
        for promise, activity in zip(new, made, strict=True):
            promise.activity_id = activity

    def _move_activities(self):
        """Write to the activities what differs; one write per kind of change."""
        changes = {}
        for promise in self:
            activity = promise.activity_id
            wanted = {
                "summary": promise.name,
                "date_deadline": promise.date_due,
                "user_id": promise.user_id.id,
            }
            now = activity._convert_to_write({name: activity[name] for name in wanted})
            changed = tuple(item for item in wanted.items() if now[item[0]] != item[1])
            changes[changed] = changes.get(changed, activity.browse()) | activity
        for changed, activities in changes.items():
            if changed:
                quiet = activities.with_context(mail_activity_quick_update=True)
                quiet.write(dict(changed))

    def _prepare_activity_values(self):
        self.ensure_one()
        target = self.lead_id or self.partner_id
        return {
            "activity_type_id": self.env.ref(PROMISE).id,
            "summary": self.name,
            "date_deadline": self.date_due,
            "user_id": self.user_id.id,
            "res_model_id": self.env["ir.model"]._get_id(target._name),
            "res_id": target.id,
            "automated": True,
        }

    def _get_words(self):
        """The promise in one line: what, until when, by whom."""
        self.ensure_one()
        day = format_date(self.env, self.date_due)
        if self.is_overdue:
            return self.env._(
                "%(promise)s (overdue since %(day)s, %(user)s)",
                promise=self.name,
                day=day,
                user=self.promised_by_id.name,
            )
        return self.env._(
            "%(promise)s (until %(day)s, %(user)s)",
            promise=self.name,
            day=day,
            user=self.promised_by_id.name,
        )

    def action_keep(self):
        """The promise was kept, today."""
        self.filtered(lambda p: p.state != "kept").write({"state": "kept"})
        return True

    def action_break(self):
        """It was not kept: the reminder goes, the line stays."""
        self.filtered(lambda p: p.state == "open").write({"state": "broken"})
        return True

    def action_reopen(self):
        self.filtered(lambda p: p.state != "open").write({"state": "open"})
        return True

    @api.model
    def _get_open_by(self, leads, partners):
        """Open promises of these leads and customers that the user may read.

        :return: dict (model, id) to promises; one query however many there are
        """
        found = self.search(
            Domain("state", "=", "open")
            & (
                Domain("lead_id", "in", leads.ids)
                | Domain("partner_id", "in", partners.ids)
            )
        )
        result = {}
        for promise in found:
            for record in (promise.lead_id, promise.partner_id):
                if record:
                    key = (record._name, record.id)
                    result[key] = result.get(key, self.browse()) | promise
        return result
