# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: somebody speaks, or the customer stands there
SPOKEN = frozenset({"visit", "phone", "home"})
#: sent into the blue: an answer is a row of its own
ONE_WAY = frozenset({"letter", "email", "sms"})
#: no answer to an enquiry
CARE = frozenset({"care", "reminder", "marketing"})


class DealerContact(models.Model):
    """The ledger stops the response clock of the lead and wakes dormant leads."""

    _inherit = "dealer.contact"

    def _apply_to_leads(self):
        result = super()._apply_to_leads()
        self._stamp_response()
        self._wake_dormant_leads()
        return result

    def _write_link(self, lead, **values):
        """The visit or call that a lead came of was its first contact."""
        result = super()._write_link(lead, **values)
        self._stamp_response()
        return result

    def _stamp_response(self):
        """The first attempt, the first talk and the first exchange on each lead."""
        answers = self.sudo().filtered(
            lambda c: c.lead_id and c.purpose not in CARE and not c.mail_template_id
        )
        for lead, contacts in answers.grouped("lead_id").items():
            attempts = contacts.filtered(lambda c: c._is_attempt())
            reached = contacts.filtered(lambda c: c._is_talk())
            tried = [*attempts.mapped("date"), lead.first_attempt_at]
            since = min(filter(None, tried), default=None)
            replies = contacts.filtered(
                lambda c, since=since: c.direction == "in" and since and c.date >= since
            )
            lead._note_response(
                min(attempts.mapped("date"), default=None),
                min(reached.mapped("date"), default=None),
                min((reached | replies).mapped("date"), default=None),
            )

    def _is_attempt(self):
        """We turned to the customer, or spoke with him when he came or called."""
        self.ensure_one()
        return self.direction == "out" or self.channel in SPOKEN

    def _is_talk(self):
        """Both sides were there: a letter that was sent is none."""
        self.ensure_one()
        is_sent = self.direction == "out" and self.channel in ONE_WAY
        return self.outcome == "reached" and self._is_attempt() and not is_sent

    def _wake_dormant_leads(self):
        """Who comes back by himself is no dormant lead any more."""
        came = self.sudo().filtered(lambda c: c.direction == "in")
        for contact in came.filtered("lead_id.dormant_on"):
            contact.lead_id._wake(contact.next_contact_date)
