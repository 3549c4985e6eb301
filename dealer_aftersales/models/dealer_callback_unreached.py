# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dealer_callback_policy_consent import CONSENT_PURPOSES

#: Outcomes after which an SMS to the same number makes no sense.
NO_SMS = ("wrong_number", "refused")


class DealerCallback(models.Model):
    """Nobody could reach the customer (domain.md 9).

    His contact data is marked to be verified at the next visit, and what the policy
    sends instead is sent: an SMS at once, a letter as a line of a push that is printed.
    """

    _inherit = "dealer.callback"

    def _after_reached(self):
        result = super()._after_reached()
        partners = self.sudo().partner_id
        partners.filtered("date_unreached").date_unreached = False
        return result

    def _after_unreached(self, outcome):
        result = super()._after_unreached(outcome)
        if outcome == "refused":  # he was reached and does not want to talk
            return result
        for callback in self.sudo():
            callback.partner_id.date_unreached = callback.company_id._get_dealer_today()
            callback._send_unreached(outcome)
        return result

    def _send_unreached(self, outcome):
        """What the policy sends instead; whoever withdrew his consent gets nothing."""
        channel = self.policy_id.unreached_channel
        template = self.policy_id.unreached_template_id
        if channel == "sms" and outcome not in NO_SMS and "sms.sms" in self.env:
            self._send_unreached_sms(template)
        elif channel == "letter":
            self._add_unreached_letter(template)

    def _send_unreached_sms(self, template):
        if self._judge_links("sms")[self]:
            return
        person = self.partner_id
        text = template._render_sms(person)[person.id]
        uuids = template._queue_sms([(person.phone, text, person)])
        self._note_links(template, "sms", uuids)

    def _add_unreached_letter(self, template):
        """To the draft of this policy's letters; consent is asked when it is sent."""
        purpose = CONSENT_PURPOSES.get(self.policy_id.purpose, "marketing")
        name = self.env._("Not reached: %(policy)s", policy=self.policy_id.name)
        pushes = self.env["dealer.push"]
        draft = pushes.search(
            [
                ("name", "=", name),
                ("state", "=", "draft"),
                ("company_id", "=", self.company_id.id),
                ("template_id", "=", template.id),
            ],
            limit=1,
        )
        if draft:
            draft.partner_ids = [(4, self.partner_id.id)]
            return
        pushes.create(
            {
                "name": name,
                "channel": "letter",
                "purpose": "marketing" if purpose == "marketing" else "care",
                "template_id": template.id,
                "company_id": self.company_id.id,
                "partner_ids": [(4, self.partner_id.id)],
            }
        )
