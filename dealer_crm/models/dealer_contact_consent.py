# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: What a telephone number is used for.
PHONE_CHANNELS = ("call", "sms")
STATES = {"given": "given", "refused": "withdrawn"}
SOURCES = {"visit": "visit", "phone": "call"}
BATCH = 5000
NOBODY = "–"


class DealerContact(models.Model):
    """The visitor's answer: noted with its text and day, followed everywhere.

    Who agreed to nothing and becomes no lead is forgotten after a while; that he
    came stays counted.
    """

    _inherit = "dealer.contact"

    consent_date = fields.Datetime("Answered on", readonly=True, copy=False)
    consent_text_id = fields.Many2one(
        "dealer.consent.text",
        "Answered to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The wording that was read to the visitor.",
    )
    consent_words = fields.Text("Say", compute="_compute_consent_words")

    _forget_idx = models.Index(
        "(company_id, date) WHERE is_register AND lead_id IS NULL"
        f" AND partner_id IS NULL AND visitor_name IS DISTINCT FROM '{NOBODY}'"
    )

    @api.depends("consent_text_id", "company_id")
    def _compute_consent_words(self):
        """The wording answered to, else today's."""
        texts = self.env["dealer.consent.text"]
        current = {
            company: texts._find_current(company, company._get_dealer_today())
            for company in self.company_id
        }
        for contact in self:
            text = contact.consent_text_id or current.get(contact.company_id, texts)
            contact.consent_words = text.sudo().text

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        answered = contacts.filtered(lambda c: c.consent_answer in STATES)
        answered._stamp_answer()
        answered._hand_over_answer()
        return contacts

    def write(self, vals):
        changed = self.browse()
        if "consent_answer" in vals:
            changed = self.filtered(
                lambda c: c.consent_answer != vals["consent_answer"]
            )
        result = super().write(vals)
        changed._stamp_answer()
        if changed or vals.get("partner_id"):
            self._hand_over_answer()
        return result

    def _stamp_answer(self):
        """When the visitor answered, and to which wording."""
        for (company, is_answered), contacts in (
            self.sudo()
            .grouped(lambda c: (c.company_id, c.consent_answer in STATES))
            .items()
        ):
            text = contacts.consent_text_id.browse()
            if is_answered:
                text = text._find_current(company, company._get_dealer_today())
            contacts.write(
                {
                    "consent_date": is_answered and fields.Datetime.now(),
                    "consent_text_id": text.id,
                }
            )

    def _hand_over_answer(self):
        """Known customers: the answer goes to the file, unless a later one is there."""
        lines = self.sudo().filtered(
            lambda c: c.consent_answer in STATES and c.partner_id.file_state
        )
        for contact in lines:
            state = STATES[contact.consent_answer]
            settled = contact.partner_id.consent_ids.filtered(
                lambda line, c=contact, s=state: line.is_current
                and line.purpose == "marketing"
                and not line.vehicle_id
                and (line.state == s or line.date > c.consent_date)
            ).mapped("channel")
            contact.partner_id._note_consent(
                [channel for channel in PHONE_CHANNELS if channel not in settled],
                ["marketing"],
                state,
                SOURCES.get(contact.channel, "visit"),
            )

    @api.model
    def _cron_forget_visitors(self):
        """Visitors without consent and lead, after the branch's time; in steps."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            days = company.register_retention_days
            if days <= 0:
                continue
            day = company._get_dealer_today() - timedelta(days=days)
            moment = company._get_dealer_day_start(day)
            while done := self._forget_visitors_before(company, moment):
                if not cron._commit_progress(done):
                    return

    @api.model
    def _forget_visitors_before(self, company, moment):
        """One step: personal data of lines from before ``moment`` (UTC) goes.

        :return: how many lines were emptied
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE dealer_contact
                   SET visitor_name = %s, visitor_phone = NULL,
                       visitor_address = NULL, content = NULL, feedback = NULL,
                       need_change = NULL, next_step = NULL, talking_points = NULL
                 WHERE id IN (SELECT id FROM dealer_contact
                               WHERE company_id = %s AND date < %s AND is_register
                                 AND lead_id IS NULL AND partner_id IS NULL
                                 AND visitor_name IS DISTINCT FROM %s
                                 AND consent_answer IS DISTINCT FROM 'given'
                               LIMIT %s FOR UPDATE SKIP LOCKED)
                RETURNING id
                """,
                NOBODY,
                company.id,
                moment,
                NOBODY,
                BATCH,
            )
        )
        self.browse([row[0] for row in rows]).invalidate_recordset()
        return len(rows)
