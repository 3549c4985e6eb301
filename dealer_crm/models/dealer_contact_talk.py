# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: purposes of a talk that follows up a lead (seed 004, step 2)
FOLLOW_UP_PURPOSES = (
    "invite",
    "need",
    "quote",
    "test_drive",
    "handover",
    "follow_up",
)
# clocks of phones and servers differ
CLOCK_TOLERANCE = timedelta(minutes=5)
PLAN_FIELDS = frozenset(
    {"next_channel", "next_purpose", "talking_points", "objection_ids"}
)
TEXT_FIELDS = frozenset({"content", "feedback", "need_change", "next_step"})


class DealerContact(models.Model):
    """What a follow-up was for, what the customer answered and what comes next."""

    _inherit = "dealer.contact"

    purpose = fields.Selection(
        selection_add=[
            ("invite", "Invite to the Showroom"),
            ("need", "Confirm Needs"),
            ("quote", "Quotation"),
            ("test_drive", "Test Drive"),
            ("handover", "Arrange the Handover"),
        ],
        ondelete={
            "invite": "set default",
            "need": "set default",
            "quote": "set default",
            "test_drive": "set default",
            "handover": "set default",
        },
    )
    feedback = fields.Text("Customer's Feedback")
    need_change = fields.Text("Change of Needs")
    next_step = fields.Char(help="What was agreed for the next contact.")
    next_channel = fields.Selection(
        selection="_selection_next_channel", string="Next Contact by"
    )
    next_purpose = fields.Selection(
        selection="_selection_next_purpose", string="Purpose of the next Contact"
    )
    talking_points = fields.Text(help="What was prepared for this talk.")
    objection_ids = fields.Many2many("dealer.objection", string="Expected Objections")

    @api.model
    def _get_choices(self, name):
        """Values and labels of a selection field in the user's language."""
        return self._fields[name]._description_selection(self.env)

    @api.model
    def _selection_next_channel(self):
        return self._get_choices("channel")

    @api.model
    def _selection_next_purpose(self):
        return self.env["crm.lead"]._selection_follow_up_purpose()

    @api.model
    def _get_follow_up_purposes(self):
        """Purposes of talks that follow up a lead, in the order of the buttons."""
        return FOLLOW_UP_PURPOSES

    @api.constrains("date")
    def _check_date(self):
        """:raises ValidationError: what has not happened yet is a plan"""
        limit = fields.Datetime.now() + CLOCK_TOLERANCE
        if any(contact.date > limit for contact in self):
            raise ValidationError(
                self.env._(
                    "Date: a contact is logged after it happened. Plan a future one "
                    "as the next contact."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        self._complete_from_plan(vals_list)
        return super().create(vals_list)

    @api.model
    def _complete_from_plan(self, vals_list):
        """Without another word a contact was for what it was planned for."""
        if self.env.context.get("default_purpose"):
            return
        leads = self.env["crm.lead"].browse(
            {vals["lead_id"] for vals in vals_list if vals.get("lead_id")}
        )
        planned = {lead.id: lead.next_contact_purpose for lead in leads.sudo()}
        for vals in vals_list:
            if "purpose" not in vals and planned.get(vals.get("lead_id")):
                vals["purpose"] = planned[vals["lead_id"]]

    def write(self, vals):
        if (TEXT_FIELDS - {"content"}) & vals.keys():
            self._check_author(
                self.env._("Only the author or a manager corrects a contact's text.")
            )
        result = super().write(vals)
        if "content" in vals:
            self._check_content()
        return result

    def _apply_to_leads(self):
        self._check_content()
        return super()._apply_to_leads()

    def _check_content(self):
        """:raises ValidationError: a customer was reached, and nobody knows what for"""
        if self.env.su:
            return
        if any(contact._is_content_needed() for contact in self):
            raise ValidationError(self._get_content_message())

    def _is_content_needed(self):
        """A follow-up that reached the customer, and says nothing."""
        self.ensure_one()
        return (
            self.outcome == "reached"
            and self.purpose in self._get_follow_up_purposes()
            and not (self.content or "").strip()
            and bool(self.lead_id)
            and self.lead_id.sudo()._is_planned_by_grade()
        )

    @api.model
    def _get_content_message(self):
        return self.env._(
            "What was said: write it down. A follow-up that reached the customer is "
            "not logged without it."
        )

    @api.model
    def _get_past_fields(self):
        return super()._get_past_fields() | PLAN_FIELDS
