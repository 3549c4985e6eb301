# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

LAST_CONTACTS = 5


class DealerContact(models.Model):
    """What stands above the box of the dialog: read before you talk (seed 004, 1)."""

    _inherit = "dealer.contact"

    talk_brief = fields.Html(
        "Before you talk", compute="_compute_talk_brief", sanitize=False
    )
    attempt_hint = fields.Char(compute="_compute_attempt_hint")

    @api.depends("lead_id", "partner_id")
    @api.depends_context("lang", "tz")
    def _compute_talk_brief(self):
        for contact in self:
            contact.talk_brief = (
                self.env["ir.qweb"]._render(
                    "dealer_crm.talk_brief_body", contact._get_talk_brief()
                )
                if contact.lead_id or contact.partner_id
                else False
            )

    def _get_talk_brief(self):
        """Values of the template ``dealer_crm.talk_brief_body``."""
        self.ensure_one()
        lead = self.lead_id
        return {
            "contacts": self._get_last_contacts(),
            "interests": lead._get_talk_interests() if lead else [],
            "questions": lead._get_talk_questions() if lead else [],
            "talking_points": lead.talking_points or "",
            "objections": lead.objection_ids,
            "promises": lead.promise_alert or "",
        }

    def _get_last_contacts(self):
        """The last talks with this person that the user may read, newest first."""
        domains = []
        if self.lead_id:
            domains.append(Domain("lead_id", "=", self.lead_id.id))
        if self.partner_id:
            domains.append(Domain("partner_id", "=", self.partner_id.id))
        found = self.search(Domain.OR(domains), limit=LAST_CONTACTS)
        channels = dict(self._get_choices("channel"))
        outcomes = dict(self._get_choices("outcome"))
        return [
            {
                "when": format_datetime(self.env, row.date, dt_format="MM-dd HH:mm"),
                "who": row.user_id.sudo().name,
                "channel": channels.get(row.channel),
                "outcome": outcomes.get(row.outcome),
                "is_reached": row.outcome == "reached",
                "text": row.content or "",
                "feedback": row.feedback or "",
                "next_step": row.next_step or "",
            }
            for row in found
        ]

    @api.depends("lead_id", "outcome")
    def _compute_attempt_hint(self):
        for contact in self:
            contact.attempt_hint = contact._get_attempt_hint()

    def _get_attempt_hint(self):
        """After too many attempts in vain: what to try instead."""
        self.ensure_one()
        lead = self.lead_id
        company = (lead.company_id or self.env.company).sudo()
        count = lead.attempt_count + (self.outcome in ("not_reached", "wrong_number"))
        is_talk = self.outcome in ("reached", "refused")
        if not company.attempt_limit or count < company.attempt_limit or is_talk:
            return False
        other = lead._get_other_channel(self.channel)
        return self.env._(
            "%(count)s attempts in vain: try %(channel)s.",
            count=count,
            channel=dict(self._get_choices("channel"))[other],
        )
