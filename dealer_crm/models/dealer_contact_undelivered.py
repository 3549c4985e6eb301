# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000
#: Messages of Odoo's SMS app that ended without reaching anybody.
REFUSED = """
    SELECT c.id, s.id
      FROM sms_sms s
      JOIN dealer_contact c ON c.sms_uuid = s.uuid
     WHERE s.state IN ('error', 'canceled') AND c.not_delivered IS NULL
     ORDER BY s.id
     LIMIT %(limit)s
"""


class DealerContact(models.Model):
    """Text messages that the provider refused after they were handed over.

    The ledger said "reached" when the message went into the queue; the job looks
    what became of it, so that nobody counts as written to who got nothing.
    """

    _inherit = "dealer.contact"

    sms_uuid = fields.Char(readonly=True, copy=False, index="btree_not_null")
    not_delivered = fields.Char("Not delivered because", readonly=True, copy=False)

    @api.model
    def _get_past_fields(self):
        return super()._get_past_fields() | {"sms_uuid", "not_delivered"}

    @api.model
    def _cron_follow_sms(self):
        """Look what became of the messages, in committed batches."""
        if "sms.sms" not in self.env:
            return
        while found := self._follow_sms():
            if not self.env["ir.cron"]._commit_progress(found):
                return

    @api.model
    def _follow_sms(self):
        """:return: how many messages were found not delivered"""
        messages = self.env["sms.sms"].sudo()
        messages.flush_model(["state", "uuid"])
        self.flush_model(["sms_uuid", "not_delivered"])
        rows = self.env.execute_query(SQL(REFUSED, limit=BATCH))
        for contact_id, message_id in rows:
            contact = self.sudo().browse(contact_id)
            contact = contact.with_context(lang=contact.user_id.lang)
            contact._note_not_delivered(messages.browse(message_id))
        return len(rows)

    def _note_not_delivered(self, message):
        """Hook: the message of this row reached nobody.

        :param message: ``sms.sms`` that was refused or taken out of the queue
        """
        kinds = message._fields["failure_type"]._description_selection(self.env)
        reason = dict(kinds).get(message.failure_type)
        self.write(
            {
                "outcome": "not_reached",
                "not_delivered": reason or self.env._("Taken out of the queue"),
            }
        )
