# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000
#: Messages of Odoo's SMS app that ended without reaching anybody.
REFUSED = """
    SELECT c.id, s.failure_type
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
        self.env["sms.sms"].flush_model(["failure_type", "state", "uuid"])
        self.flush_model(["sms_uuid", "not_delivered"])
        rows = self.env.execute_query(SQL(REFUSED, limit=BATCH))
        failures = dict(rows)
        refused = self.sudo().browse(failures)
        for (failure, lang), contacts in refused.grouped(
            lambda contact: (failures[contact.id], contact.user_id.lang)
        ).items():
            contacts.with_context(lang=lang)._note_not_delivered(failure)
        return len(rows)

    def _note_not_delivered(self, failure):
        """Hook: the messages of these rows reached nobody.

        :param failure: ``failure_type`` of ``sms.sms``; None: taken out of the queue
        """
        kind = self.env["sms.sms"]._fields["failure_type"]
        reason = dict(kind._description_selection(self.env)).get(failure)
        self.write(
            {
                "outcome": "not_reached",
                "not_delivered": reason or self.env._("Taken out of the queue"),
            }
        )
