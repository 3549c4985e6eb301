# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Somebody still has to do something.
OPEN_STATES = ("draft", "submitted", "running", "done")
KINDS = [("corrective", "Corrective"), ("preventive", "Preventive")]
STATES = [
    ("draft", "Draft"),
    ("submitted", "Waits for Approval"),
    ("running", "In Progress"),
    ("done", "Carried out"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
#: The four strategies of seed 003, 5.2.1–5.2.4
CATEGORIES = [
    ("product", "Product"),
    ("service_level", "Service Level"),
    ("after_sales", "After-sales"),
    ("communication", "Communication and Feedback"),
]


class DealerCorrectiveAction(models.Model):
    """A measure against what went wrong, or so that it does not go wrong (seed 003).

    Drawn up jointly from callbacks, the monthly report and complaints, approved by the
    general manager, carried out by one person and supervised by another. It is closed
    when the customers it is about were called again and say that it helped.
    """

    _name = "dealer.corrective.action"
    _description = "Corrective or Preventive Action"
    _inherit = [
        "dealer.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "dealer.export.mixin",
    ]
    _order = "date_due, id"
    # Participants discuss, also those who do not write the measure itself.
    _mail_post_access = "read"

    name = fields.Char("Measure", required=True, tracking=True)
    number = fields.Char(readonly=True, copy=False, default="/")
    kind = fields.Selection(
        KINDS, "Kind of Measure", required=True, default="corrective"
    )
    category = fields.Selection(
        CATEGORIES, default="after_sales", help="What is to be improved by it."
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    description = fields.Text("Problem", help="What happened, how often, to whom.")
    analysis = fields.Text("Analysis of the Cause")
    measure_text = fields.Text("What will be done")
    cause_id = fields.Many2one("dealer.cause", "Main Cause", index="btree_not_null")
    issue_id = fields.Many2one(
        "dealer.callback.issue", "Problem named", index="btree_not_null"
    )
    responsible_id = fields.Many2one(
        "res.users", "Responsible Person", index=True, tracking=True, copy=False
    )
    supervisor_id = fields.Many2one(
        "res.users",
        index=True,
        tracking=True,
        compute="_compute_supervisor_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_begun = fields.Date(
        "Begun on",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.company._get_dealer_today(),
    )
    date_due = fields.Date("To be done by", index=True, tracking=True, copy=False)
    callback_ids = fields.Many2many(
        "dealer.callback",
        "dealer_callback_dealer_corrective_action_rel",
        "dealer_corrective_action_id",
        "dealer_callback_id",
        string="Callbacks",
        copy=False,
    )
    complaint_ids = fields.Many2many(
        "dealer.complaint",
        "dealer_complaint_dealer_corrective_action_rel",
        "dealer_corrective_action_id",
        "dealer_complaint_id",
        string="Complaints",
        copy=False,
    )
    member_ids = fields.One2many(
        "dealer.corrective.action.member", "action_id", "Participants", copy=True
    )
    progress_ids = fields.One2many(
        "dealer.corrective.action.progress", "action_id", readonly=True
    )
    review_ids = fields.One2many(
        "dealer.corrective.action.review", "action_id", "Supervision", readonly=True
    )
    check_ids = fields.One2many(
        "dealer.corrective.action.check", "action_id", "Affected Customers", copy=False
    )
    plan_id = fields.Many2one(
        "dealer.improvement.plan", "Improvement Plan", index="btree_not_null"
    )
    percent = fields.Integer("Progress (%)", compute="_compute_percent")
    date_done = fields.Datetime("Carried out on", readonly=True, copy=False)
    date_verified = fields.Datetime("Verified on", readonly=True, copy=False)
    verified_by_id = fields.Many2one(
        "res.users", "Verified by", readonly=True, copy=False
    )
    date_closed = fields.Datetime("Closed on", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    close_reason = fields.Char("Reason", readonly=True, copy=False)
    refusal_reason = fields.Char("Refused because", readonly=True, copy=False)
    reopen_count = fields.Integer("Times reopened", readonly=True, copy=False)
    age_days = fields.Integer(
        "Days open", compute="_compute_age_days", help="From the draft to the closing."
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE number <> '/'", "Each number stands once."
    )
    _open_idx = models.Index(
        "(company_id, date_due) WHERE state IN ('submitted', 'running')"
    )

    @api.depends("company_id")
    def _compute_supervisor_id(self):
        """Seed 003: 业务经理/服务经理负责监督. The one of the branch, by default."""
        for action in self:
            user = action.supervisor_id
            if not user or action.company_id not in user.sudo().company_ids:
                action.supervisor_id = action.company_id._get_service_manager()

    @api.depends("number", "name")
    def _compute_display_name(self):
        for action in self:
            number = action.number if action.number != "/" else ""
            action.display_name = " ".join(filter(None, (number, action.name)))

    @api.depends("progress_ids.percent", "state")
    def _compute_percent(self):
        """What the responsible reported last; all of it when carried out."""
        for action in self:
            last = action.progress_ids.sorted("id", reverse=True)[:1]
            finished = action.state in ("done", "closed")
            action.percent = 100 if finished else last.percent

    @api.depends("date_begun", "date_closed", "company_id")
    def _compute_age_days(self):
        for action in self:
            branch = action.company_id or self.env.company
            end = branch._get_dealer_today()
            if action.date_closed:
                end = branch._get_dealer_day(action.date_closed)
            action.age_days = (end - (action.date_begun or end)).days

    @api.depends("state", "date_due", "company_id")
    def _compute_is_late(self):
        for action in self:
            branch = action.company_id or self.env.company
            is_open = action.state in ("draft", "submitted", "running")
            due = action.date_due
            action.is_late = bool(is_open and due and due < branch._get_dealer_today())

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [
            ("state", "in", ("draft", "submitted", "running")),
            ("date_due", "<", self.env.company._get_dealer_today()),
        ]

    @api.constrains("responsible_id", "supervisor_id")
    def _check_two_persons(self):
        for action in self.sudo():
            person = action.responsible_id
            if person and person == action.supervisor_id:
                raise ValidationError(
                    self.env._(
                        "Supervisor: %(name)s is responsible for the measure and "
                        "cannot supervise it as well.",
                        name=person.name,
                    )
                )

    @api.constrains("responsible_id", "supervisor_id", "company_id")
    def _check_persons_branch(self):
        """Both can read the measure: staff of its branch."""
        for action in self.sudo():
            for name in ("responsible_id", "supervisor_id"):
                user = action[name]
                if user and action.company_id not in user.company_ids:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(name)s does not work at %(branch)s.",
                            field=self._fields[name]._description_string(self.env),
                            name=user.name,
                            branch=action.company_id.name,
                        )
                    )

    @api.constrains("callback_ids", "complaint_ids", "plan_id", "company_id")
    def _check_sources_branch(self):
        """A measure is drawn from its own branch: nobody reads the other one by it."""
        for action in self.sudo():
            sources = (action.callback_ids, action.complaint_ids, action.plan_id)
            for records in sources:
                strangers = records.filtered(
                    lambda r, branch=action.company_id: r.company_id != branch
                )
                if strangers:
                    raise ValidationError(
                        self.env._(
                            "%(record)s belongs to another branch than the measure.",
                            record=strangers[:1].display_name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        """What the general manager saw once is kept."""
        if self.filtered(lambda a: a.state != "draft" or a.approval_requested_on):
            raise ValidationError(
                self.env._(
                    "Only a draft that was never submitted is deleted: give the "
                    "measure up instead."
                )
            )
