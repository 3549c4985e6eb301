# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext


class MailTemplate(models.Model):
    """A letter of the dealership: one text for paper, e-mail and SMS."""

    _inherit = "mail.template"

    dealer_kind = fields.Selection(
        [
            ("thanks", "Thank-you Letter"),
            ("news", "News"),
            ("promotion", "Promotion Invitation"),
            ("brochure", "Brochure"),
            ("greeting", "Personal Greeting"),
        ],
        "Letter",
        index="btree_not_null",
        help="Set: the template is one of the dealership's letters.",
    )
    dealer_sms = fields.Char(
        "Text of the SMS",
        translate=True,
        help="Short form of the letter. Empty: the letter without its layout.",
    )

    def _render_letters(self, records):
        """The letters in each reader's language.

        :return: dict record id → Markup
        """
        self.ensure_one()
        return self._render_field("body_html", records.ids, compute_lang=True)

    def _render_sms(self, records):
        """:return: dict record id → str"""
        self.ensure_one()
        if not self.dealer_sms:
            letters = self._render_letters(records)
            return {key: html2plaintext(body) for key, body in letters.items()}
        texts = {}
        for lang, (template, ids) in self._classify_per_lang(records.ids).items():
            template = template.with_context(lang=lang or self.env.lang)
            texts |= template._render_template(
                template.dealer_sms, self.model, ids, engine="inline_template"
            )
        return texts

    @api.model
    def _queue_sms(self, numbers):
        """Put texts into the queue of the SMS app.

        :param numbers: list of (number, text, res.partner or empty)
        :return: list with the mark of each message, for its row of the ledger
        :raises UserError: without the SMS app
        """
        if "sms.sms" not in self.env:
            raise UserError(self.env._("Install the SMS app to send text messages."))
        messages = (
            self.env["sms.sms"]
            .sudo()
            .create(
                [
                    {"number": number, "body": body, "partner_id": partner.id}
                    for number, body, partner in numbers
                ]
            )
        )
        return messages.mapped("uuid")
