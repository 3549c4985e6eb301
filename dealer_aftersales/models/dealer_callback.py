# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

# What the job and the logged calls say; the figures are counted from it.
SYSTEM_FIELDS = frozenset(
    {
        "policy_id",
        "source_id",
        "cycle_key",
        "partner_id",
        "vehicle_id",
        "repair_id",
        "sale_order_id",
        "company_id",
        "purpose",
        "date_due",
        "date_window_end",
        "state",
        "answer_channel",
        "care_line_id",
        "complaint_id",
        "event_key",
        "gift_date",
        "gift_given",
        "attempt_count",
        "csi",
        "date_first_attempt",
        "date_link_sent",
        "date_promised",
        "date_done",
        "done_user_id",
        "has_finding",
        "is_drawn",
        "link_channel",
        "expectation_class",
        "has_csi",
        "is_in_time",
        "round_id",
        "satisfaction_area",
        "user_input_id",
        "is_answered",
        "is_successful",
        "score",
        "is_satisfied",
        "is_scored",
    }
)


class DealerCallback(models.Model):
    """A planned contact after the purchase, made by a policy.

    Rows are many and made set-based, so there is no chatter and no tracking: the
    attempts are lines of the contact ledger. The month of a callback is the month of
    its due date, so that the number due in a month does not move afterwards.
    """

    _name = "dealer.callback"
    _description = "Callback"
    _order = "date_due, id"

    policy_id = fields.Many2one(
        "dealer.callback.policy", required=True, readonly=True, ondelete="restrict"
    )
    source_id = fields.Many2oneReference(
        model_field="source_model", required=True, readonly=True
    )
    source_model = fields.Char(related="policy_id.model")
    cycle_key = fields.Char(required=True, readonly=True, default="")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="restrict", index=True
    )
    phone = fields.Char(compute="_compute_phone", search="_search_phone")
    vehicle_id = fields.Many2one("fleet.vehicle", index="btree_not_null")
    repair_id = fields.Many2one(
        "repair.order", index="btree_not_null", ondelete="set null"
    )
    sale_order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one("res.company", "Branch", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Caller", index="btree_not_null")
    purpose = fields.Selection(selection="_selection_purpose", readonly=True)
    channel = fields.Selection(selection="_selection_channel")
    date_due = fields.Date("Due on", required=True, readonly=True)
    date_window_end = fields.Date("Window ends", readonly=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("reached", "Reached"),
            ("not_reached", "Not reached"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
        ],
        required=True,
        default="planned",
        readonly=True,
    )
    attempt_count = fields.Integer("Attempts", readonly=True)
    date_first_attempt = fields.Datetime("First Attempt", readonly=True)
    date_done = fields.Datetime("Done on", readonly=True)
    contact_ids = fields.One2many("dealer.contact", "callback_id", "Attempts Log")
    user_input_id = fields.Many2one(
        "survey.user_input", "Answer Sheet", readonly=True, index="btree_not_null"
    )
    is_answered = fields.Boolean("Questionnaire answered", readonly=True)
    is_successful = fields.Boolean(
        "Successful",
        compute="_compute_is_successful",
        store=True,
        help="Reached and the questionnaire answered.",
    )
    score = fields.Float(
        "Satisfaction",
        readonly=True,
        aggregator="avg",
        help="Answer to the question on overall satisfaction; empty: not asked.",
    )
    is_satisfied = fields.Boolean("Satisfied", readonly=True)
    is_scored = fields.Boolean("Overall question answered", readonly=True)
    issue_ids = fields.Many2many("dealer.callback.issue", string="Problems named")
    remark = fields.Text()
    repair_date_delivered = fields.Datetime(related="repair_id.date_delivered")
    repair_service_kind = fields.Selection(related="repair_id.service_kind")
    repair_odometer = fields.Integer(related="repair_id.odometer_in")
    repair_advisor_id = fields.Many2one(related="repair_id.advisor_id")
    repair_concerns = fields.Char("Customer said", compute="_compute_repair_concerns")
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    is_due = fields.Boolean(
        compute="_compute_is_late",
        search="_search_is_due",
        help="To be called today or earlier, by the day of the branch.",
    )
    is_due_today = fields.Boolean(compute="_compute_is_late")
    reason = fields.Char("Why we call", compute="_compute_reason")

    _source_uniq = models.UniqueIndex(
        "(policy_id, source_id, cycle_key)",
        "This callback exists already.",
    )
    _due_idx = models.Index("(company_id, date_due)")
    _open_idx = models.Index("(user_id, date_due) WHERE state = 'planned'")

    def _selection_purpose(self):
        return self.env["dealer.callback.policy"]._selection_purpose()

    def _selection_channel(self):
        return self.env["dealer.callback.policy"]._selection_channel()

    @api.depends("partner_id", "policy_id")
    def _compute_display_name(self):
        for callback in self:
            callback.display_name = (
                f"{callback.policy_id.name} · {callback.partner_id.display_name}"
            )

    @api.depends("partner_id.phone")
    @api.depends_context("uid")
    def _compute_phone(self):
        phones = self.partner_id._get_visible_phones()
        for callback in self:
            callback.phone = phones.get(callback.partner_id.id)

    def _search_phone(self, operator, value):
        return [("partner_id.phone", operator, value)]

    @api.depends("state", "is_answered")
    def _compute_is_successful(self):
        for callback in self:
            callback.is_successful = (
                callback.state == "reached" and callback.is_answered
            )

    @api.depends("state", "date_due", "date_window_end")
    def _compute_is_late(self):
        for callback in self:
            today = (callback.company_id or self.env.company)._get_dealer_today()
            is_open = callback.state == "planned"
            end = callback.date_window_end
            callback.is_late = bool(is_open and end and end < today)
            due = callback.date_due
            callback.is_due = bool(is_open and due and due <= today)
            callback.is_due_today = callback.is_due and not callback.is_late

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = self.env.company._get_dealer_today()
        return [("state", "=", "planned"), ("date_window_end", "<", today)]

    def _search_is_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = self.env.company._get_dealer_today()
        return [("state", "=", "planned"), ("date_due", "<=", today)]

    @api.depends("repair_id.work_summary", "repair_id.date_delivered", "policy_id")
    def _compute_reason(self):
        for callback in self:
            repair = callback.sudo().repair_id
            if not repair:
                callback.reason = callback.policy_id.name
                continue
            callback.reason = self.env._(
                "Repair of %(date)s: %(work)s",
                date=format_date(self.env, repair.date_delivered),
                work=repair.work_summary or repair.name,
            )

    @api.depends("repair_id.concern_ids.name")
    def _compute_repair_concerns(self):
        for callback in self:
            concerns = callback.sudo().repair_id.concern_ids
            callback.repair_concerns = ", ".join(concerns.mapped("name"))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Callbacks are made by their policies only."))
        callbacks = without_defaults(self, SYSTEM_FIELDS)
        return super(DealerCallback, callbacks).create(vals_list)

    def write(self, vals):
        names = sorted(SYSTEM_FIELDS & vals.keys())
        if names and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s: set by the logged calls and answers only.",
                    field=self._fields[names[0]]._description_string(self.env),
                )
            )
        return super().write(vals)

    def action_cancel(self):
        """Take the callback off the list; it does not count as due any more.

        :raises UserError: when it is closed or somebody has called already
        """
        self.check_access("write")
        if self.filtered(lambda callback: callback.state != "planned"):
            raise UserError(self.env._("Only a planned callback can be cancelled."))
        if self.filtered("attempt_count"):
            raise UserError(
                self.env._(
                    "A callback with attempts is history: it cannot be cancelled."
                )
            )
        self.sudo().write({"state": "cancelled"})
        return True

    def _cancel_untouched(self):
        """What led to the call was taken back: cancel where nobody called yet.

        The cycle becomes free, so that the next delivery leads to a new callback.
        """
        for callback in self:
            if callback.state == "planned" and not callback.attempt_count:
                callback.write(
                    {"state": "cancelled", "cycle_key": f"undone {callback.id}"}
                )

    def action_reopen(self):
        """A mistake is reversible: the callback is planned again, attempts stay."""
        self.check_access("write")
        self.sudo().write({"state": "planned", "date_done": False})
        return True

    def _close_finished(self, company):
        """End of the window: tried ones were not reached, untried ones expired.

        One that was called and answered was reached: it stays so, also when somebody
        reopened it and did not close it. Who was promised a later call keeps it.
        One statement for the branch, safe to repeat.
        """
        today = company._get_dealer_today()
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE dealer_callback
               SET state = CASE WHEN attempt_count > 0 AND is_answered THEN 'reached'
                                WHEN attempt_count > 0 THEN 'not_reached'
                                ELSE 'expired' END,
                   is_successful = COALESCE(attempt_count > 0 AND is_answered, FALSE),
                   date_done = CASE WHEN attempt_count > 0 AND is_answered
                                    THEN now() at time zone 'UTC' END,
                   write_date = now() at time zone 'UTC'
             WHERE company_id = %s AND state = 'planned' AND date_window_end < %s
               AND (date_promised IS NULL OR date_promised < %s)
            """,
            (company.id, today, company._get_dealer_day_start(today)),
        )
        self.invalidate_model(["state", "is_successful", "date_done"])

    def _after_make(self, policy, company):
        """Hook on freshly made callbacks, once per batch.

        :param policy: the one that made them, sudo
        :param company: their branch
        """
