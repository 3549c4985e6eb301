# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools import complaint as rules

COMPLAINT_STATES = [
    ("received", "Taken up"),
    ("answered", "First Answer"),
    ("investigated", "Investigated"),
    ("proposed", "Proposal made"),
    ("agreed", "Agreed"),
    ("done", "Carried out"),
    ("confirmed", "Confirmed by Customer"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
]
#: The customer still waits for something.
OPEN_STATES = tuple(
    state for state, _label in COMPLAINT_STATES if state not in rules.ENDED
)
COMPLAINT_KINDS = [
    ("service", "Workshop Service"),
    ("technical", "Technical Fault"),
    ("sales", "Sales"),
    ("parts", "Parts"),
    ("price", "Price"),
    ("other", "Other Complaint"),
    ("opinion", "Opinion"),
    ("suggestion", "Suggestion"),
    ("need", "Need"),
]
#: Moved by the buttons of the steps and by the jobs only.
SYSTEM_FIELDS = frozenset(
    {
        "name",
        "state",
        "callback_id",
        "date_answered",
        "date_confirmed",
        "date_closed",
        "date_reopened",
        "reopen_count",
        "unconfirmed_reason",
        "withdraw_reason",
        "log_ids",
        "answer_escalated_on",
        "close_escalated_on",
        "repeat_of_id",
        "is_repeat",
        "is_repeat_customer",
        "is_answer_in_time",
        "is_close_in_time",
        "date_answer_due",
        "date_close_due",
        "date_due",
        "action_ids",
        "contact_ids",
        "rework_ids",
    }
)
#: What may still be written when the case is over: talks and to-dos about it.
AFTER_THE_END = frozenset({"activity_ids", "message_ids", "message_follower_ids"})


class DealerComplaint(models.Model):
    """What a customer complains about, from the first word to his confirmation.

    Opinions, suggestions and needs are kept here, too: the kind decides which steps
    there are and which fields show (CB-15, BIZ-03).
    """

    _name = "dealer.complaint"
    _description = "Complaint"
    _inherit = ["mail.thread", "mail.activity.mixin", "dealer.export.mixin"]
    _order = "date_received desc, id desc"
    _check_company_auto = True
    # Who may read a complaint may say something about it.
    _mail_post_access = "read"

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        tracking=True,
    )
    phone = fields.Char(compute="_compute_phone")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        index="btree_not_null",
        check_company=True,
        domain="[('trade_state', '!=', False)]",
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    repair_id = fields.Many2one(
        "repair.order",
        "Repair Order complained of",
        index="btree_not_null",
        check_company=True,
        domain="[('vehicle_id', '!=', False)]",
    )
    callback_id = fields.Many2one(
        "dealer.callback", readonly=True, copy=False, index="btree_not_null"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null")
    kind = fields.Selection(
        COMPLAINT_KINDS, required=True, default="service", index=True, tracking=True
    )
    is_feedback = fields.Boolean(
        compute="_compute_is_feedback", search="_search_is_feedback"
    )
    channel = fields.Selection(
        [
            ("callback", "Callback"),
            ("phone", "Phone"),
            ("visit", "In Person"),
            ("wechat", "WeChat"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("letter", "Letter"),
            ("online", "Internet or Media"),
            ("authority", "Manufacturer or Authority"),
        ],
        "Came by",
        required=True,
        default="phone",
    )
    received_by_id = fields.Many2one(
        "res.users", "Received by", default=lambda self: self.env.user
    )
    department = fields.Selection(
        [
            ("service", "Workshop"),
            ("sales", "Showroom"),
            ("parts", "Parts"),
            ("care", "Customer Relations"),
            ("other", "Other Department"),
        ],
        compute="_compute_department",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    content = fields.Text("In the Customer's Words", required=True)
    summary = fields.Char(compute="_compute_summary")
    issue_ids = fields.Many2many("dealer.callback.issue", string="Problems")
    answer = fields.Text("First Answer", help="What the customer was told first.")
    investigation = fields.Text(
        "What was found out", help="What was found out, and from whom."
    )
    cause_id = fields.Many2one("dealer.cause", "Root Cause", index="btree_not_null")
    cause_text = fields.Text("Root Cause in Words")
    proposal = fields.Text(help="What we offer the customer.")
    remedy = fields.Text("Agreed Remedy", help="What customer and branch agreed on.")
    work_done = fields.Text("Work carried out", help="What was done, and by whom.")
    goodwill_amount = fields.Monetary(
        "Cost of Goodwill",
        groups="dealer_aftersales.group_service_advisor,"
        "dealer_aftersales.group_customer_relations,dealer_crm.group_sales_manager",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    confirmed_by = fields.Char("Confirmed by", help="Who said that it is settled.")
    confirm_channel = fields.Selection(
        [("call", "Call"), ("signature", "Signed Print")], "Confirmed how"
    )
    state = fields.Selection(
        COMPLAINT_STATES,
        required=True,
        default="received",
        copy=False,
        tracking=True,
        group_expand="_expand_states",
    )
    date_received = fields.Datetime(
        "Taken up on", required=True, default=fields.Datetime.now, tracking=True
    )
    date_answered = fields.Datetime("First Answer on", readonly=True, copy=False)
    date_confirmed = fields.Datetime("Confirmed on", readonly=True, copy=False)
    date_closed = fields.Datetime("Closed on", readonly=True, copy=False)
    date_reopened = fields.Datetime("Reopened on", readonly=True, copy=False)
    reopen_count = fields.Integer("Times reopened", readonly=True, copy=False)
    unconfirmed_reason = fields.Char(
        "Closed without Confirmation", readonly=True, copy=False
    )
    withdraw_reason = fields.Char("Withdrawn because", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        "In Charge",
        default=lambda self: self._get_default_owner(),
        tracking=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name != '/'",
        "Number: the branch has a complaint with this number already.",
    )
    _callback_uniq = models.UniqueIndex(
        "(callback_id) WHERE callback_id IS NOT NULL",
        "This call has led to a complaint already.",
    )
    _goodwill_check = models.Constraint(
        "CHECK (goodwill_amount IS NULL OR goodwill_amount >= 0)",
        "Cost of Goodwill: the amount cannot be negative.",
    )
    _partner_open_idx = models.Index(
        "(partner_id) WHERE state NOT IN ('closed', 'withdrawn')"
    )
    _received_idx = models.Index("(company_id, date_received DESC)")

    @api.model
    def _get_default_owner(self):
        """The branch's person for complaints, else who may handle what he enters."""
        chosen = self.env.company.sudo().complaint_user_id
        if chosen.active:
            return chosen
        can = self.env.user.has_group
        if any(map(can, self._get_handler_groups())):
            return self.env.user
        return self.env.company._get_complaint_handlers()[:1]

    @api.model
    def _get_handler_groups(self):
        """Roles that carry a complaint through its steps."""
        return (
            "dealer_aftersales.group_customer_relations",
            "dealer_aftersales.group_service_advisor",
            "dealer_crm.group_sales_manager",
        )

    @api.model
    def _expand_states(self, states, domain):
        """All columns of the board, but for the end ones that nobody is in."""
        return [state for state in dict(COMPLAINT_STATES) if state != "withdrawn"]

    @api.depends("partner_id.phone")
    @api.depends_context("uid")
    def _compute_phone(self):
        phones = self.partner_id._get_visible_phones()
        for complaint in self:
            complaint.phone = phones.get(complaint.partner_id.id)

    @api.depends("kind")
    def _compute_is_feedback(self):
        for complaint in self:
            complaint.is_feedback = rules.is_feedback(complaint.kind)

    def _search_is_feedback(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("kind", "in", list(rules.FEEDBACK_KINDS))]

    @api.depends("kind")
    def _compute_department(self):
        for complaint in self:
            complaint.department = rules.get_department(complaint.kind)

    @api.depends("content")
    def _compute_summary(self):
        for complaint in self:
            words = " ".join((complaint.content or "").split())
            complaint.summary = words[:80] + ("…" if len(words) > 80 else "")

    @api.depends("name", "partner_id.name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for complaint in self:
            who = complaint.sudo().partner_id.name or ""
            number = complaint.name if complaint._origin else self.env._("New")
            complaint.display_name = " · ".join(filter(None, (number, who)))

    @api.onchange("repair_id")
    def _onchange_repair_id(self):
        """The order tells car and customer, where nobody said it otherwise."""
        if self.repair_id:
            self.vehicle_id = self.vehicle_id or self.repair_id.vehicle_id
            self.partner_id = self.partner_id or self.repair_id.partner_id

    @api.onchange("vehicle_id")
    def _onchange_vehicle_id(self):
        if self.vehicle_id and not self.partner_id:
            self.partner_id = self.vehicle_id.owner_id

    def _get_state_name(self, state=None):
        names = dict(self._fields["state"]._description_selection(self.env))
        return names.get(state or self.state, "")

    # Hooks of the concerns in the files beside this one, which are loaded after it.

    def _after_entry(self):
        """What follows from new complaints, once per batch."""

    def _after_change(self, vals):
        """What follows from written values.

        :param vals: the values written
        """

    def _after_step(self, source, target):
        """What follows from one step of one complaint."""

    def _get_step_blocks(self, step):
        """What stands against a step beside missing fields.

        :return: list of translated texts
        """
        return []

    def _get_step_values(self, step):
        """Values that a step writes along with the state."""
        now = fields.Datetime.now()
        if step == "answered":
            return {"date_answered": self.date_answered or now}
        if step == "confirmed":
            return {"date_confirmed": now}
        return {}
