# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

PAST_FIELDS = frozenset(
    {
        "date",
        "user_id",
        "channel",
        "direction",
        "purpose",
        "outcome",
        "next_contact_date",
        "grade_id",
        "grade_reason",
        "company_id",
    }
)
# may be filled in later
WHOM_FIELDS = frozenset({"partner_id", "lead_id", "vehicle_id"})


class DealerContact(models.Model):
    """The contact ledger: every touch with a person, entered once.

    Registers, follow-up records, daily reports, the timeline and the figures are
    views of it. Rows are many, so there is no chatter; the author may correct the
    text, the past itself (who, when, with whom) stays.
    """

    _name = "dealer.contact"
    _description = "Logged Contact"
    _order = "date desc, id desc"
    _rec_name = "content"

    partner_id = fields.Many2one("res.partner", "Customer", ondelete="restrict")
    # a merged lead may belong to another branch than the contact was made in
    lead_id = fields.Many2one("crm.lead", ondelete="set null")
    vehicle_id = fields.Many2one("fleet.vehicle", ondelete="set null")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    channel = fields.Selection(
        [
            ("visit", "Showroom Visit"),
            ("phone", "Phone"),
            ("wechat", "WeChat"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("letter", "Letter"),
            ("home", "Visit to the Customer"),
        ],
        required=True,
        default="phone",
    )
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")],
        compute="_compute_direction",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    purpose = fields.Selection(
        [
            ("look", "See the Cars"),
            ("consult", "Advice"),
            ("buy", "Buy"),
            ("inquiry", "Inquiry"),
            ("service", "Service"),
            ("delivery", "Collect a Car"),
            ("follow_up", "Follow-up"),
            ("after_service", "After Service"),
            ("after_delivery", "After Delivery"),
            ("reminder", "Reminder"),
            ("care", "Customer Care"),
            ("complaint", "Complaint"),
            ("other", "Other"),
        ],
        required=True,
        default="follow_up",
    )
    outcome = fields.Selection(
        [
            ("reached", "Reached"),
            ("not_reached", "Not reached"),
            ("wrong_number", "Wrong number"),
            ("call_later", "Call back later"),
            ("refused", "Does not want to talk"),
        ],
        required=True,
        default="reached",
    )
    content = fields.Text("What was said")
    next_contact_date = fields.Date(
        compute="_compute_next_contact_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    grade_id = fields.Many2one(
        "dealer.grade", help="The grade decided at this contact."
    )
    grade_reason = fields.Char()
    ladder_id = fields.Many2one(related="lead_id.grade_ladder_id")
    user_id = fields.Many2one(
        "res.users", "By", required=True, default=lambda self: self.env.user
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _partner_date_idx = models.Index("(partner_id, date DESC)")
    _lead_date_idx = models.Index("(lead_id, date DESC) WHERE lead_id IS NOT NULL")
    _vehicle_date_idx = models.Index(
        "(vehicle_id, date DESC) WHERE vehicle_id IS NOT NULL"
    )
    _user_date_idx = models.Index("(user_id, date DESC)")
    _who_check = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR lead_id IS NOT NULL"
        " OR visitor_name IS NOT NULL OR visitor_phone IS NOT NULL)",
        "A contact needs a customer, a lead, or a visitor's name or phone.",
    )

    @api.depends("partner_id", "date", "channel")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for contact in self:
            who = contact.partner_id.display_name or contact.lead_id.display_name
            contact.display_name = f"{channels.get(contact.channel, '')} · {who or ''}"

    @api.depends("channel")
    def _compute_direction(self):
        """Who visits the showroom came by himself; all else may be corrected."""
        for contact in self:
            contact.direction = "in" if contact.channel == "visit" else "out"

    @api.depends("lead_id", "outcome", "grade_id")
    def _compute_next_contact_date(self):
        """Proposed from the grade; a person may take another day.

        What was agreed in the past stays when the lead is merged or filled in.
        """
        for contact in self:
            if contact._origin:
                contact.next_contact_date = contact._origin.next_contact_date
                continue
            lead = contact.lead_id
            contact.next_contact_date = lead and lead._get_proposed_contact_date(
                contact.outcome, contact.grade_id
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._complete_from_lead(vals_list)
        contacts = super().create(vals_list)
        contacts._check_logged_author()
        contacts.filtered("lead_id")._apply_to_leads()
        return contacts

    @api.model
    def _complete_from_lead(self, vals_list):
        """Nothing typed twice: customer and branch come from the lead."""
        leads = self.env["crm.lead"].browse(
            {vals["lead_id"] for vals in vals_list if vals.get("lead_id")}
        )
        by_id = {lead.id: lead for lead in leads}
        for vals in vals_list:
            lead = by_id.get(vals.get("lead_id"))
            if lead:
                vals.setdefault("partner_id", lead.partner_id.id)
                if lead.company_id:
                    vals.setdefault("company_id", lead.company_id.id)

    def _apply_to_leads(self):
        """What a contact decides happens on its lead: grade and next contact."""
        for contact in self:
            lead = contact.lead_id
            if lead.last_contact_date and contact.date < lead.last_contact_date:
                continue  # entered late: what came after it stands
            if contact.grade_id:
                lead._answer_grade_question(
                    "follow_up", contact.grade_id, contact.grade_reason
                )
            lead._close_follow_up(contact)

    def write(self, vals):
        self._check_past_unchanged(vals)
        if "content" in vals:
            self._check_author(
                self.env._("Only the author or a manager corrects a contact's text.")
            )
        return super().write(vals)

    def _check_author(self, message):
        """:raises AccessError: contacts of another author, and no manager's rights"""
        user = self.env.user
        if self.env.su or all(contact.user_id == user for contact in self):
            return
        if not any(map(user.has_group, self._get_author_override_groups())):
            raise AccessError(message)

    def _check_logged_author(self):
        """:raises AccessError: new contacts in the name of somebody else"""
        self._check_author(
            self.env._("Only a manager logs a contact for somebody else.")
        )

    @api.model
    def _get_author_override_groups(self):
        """XML ids of the groups that log and correct contacts of other people."""
        return ["dealer_crm.group_sales_manager"]

    @api.model
    def _get_past_fields(self):
        """Names of the fields that nobody changes on a logged contact."""
        return PAST_FIELDS

    def _check_past_unchanged(self, vals):
        """:raises UserError: when somebody moves a contact to another day or person"""
        if self.env.su:
            return
        for contact in self:
            for name in sorted((self._get_past_fields() | WHOM_FIELDS) & vals.keys()):
                if name in WHOM_FIELDS and not contact[name]:
                    continue
                field = contact._fields[name]
                cached = field.convert_to_cache(vals[name], contact)
                if field.convert_to_record(cached, contact) != contact[name]:
                    raise UserError(
                        self.env._(
                            "%(field)s: a logged contact is history. "
                            "Correct its text, or log another contact.",
                            field=field._description_string(self.env),
                        )
                    )

    def action_view_lead(self):
        """The lead this contact belongs to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "views": [(False, "form")],
        }
