# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

LINK_LEDGER = """
    UPDATE dealer_contact c SET callback_id = s.callback
      FROM unnest(%(contacts)s::int[], %(callbacks)s::int[]) AS s(contact, callback)
     WHERE c.id = s.contact
"""


class DealerCallback(models.Model):
    """Messages sent for a callback: done without an attempt, answered or not.

    They are no calls, so they are neither due nor carried out in the figures. An
    answer that comes by phone or on the questionnaire's page makes them reached.
    """

    _inherit = "dealer.callback"

    state = fields.Selection(
        selection_add=[("sent", "Sent"), ("reached",)],
        ondelete={"sent": "set default"},
    )

    def _mark_sent(self, template, channel, uuids=None):
        """Note in the ledger, linked with the callback, and close the callback.

        :param uuids: marks of the text messages, in the order of the callbacks
        """
        uuids = dict(zip(self.ids, uuids or (), strict=bool(uuids)))
        for purpose, calls in self.grouped("purpose").items():
            rows = [
                {
                    "partner_id": call.partner_id.id,
                    "vehicle_id": call.vehicle_id.id,
                    "company_id": call.company_id.id,
                    "sms_uuid": uuids.get(call.id),
                }
                for call in calls
            ]
            contacts = self.env["dealer.contact"]._log_material(
                rows, template, channel, purpose
            )
            self.env.cr.execute(
                SQL(LINK_LEDGER, contacts=contacts.ids, callbacks=calls.ids)
            )
        self.env["dealer.contact"].invalidate_model(["callback_id"], flush=False)
        if channel != "letter":
            self.filtered("survey_id")._open_link(channel)
        self.sudo().write({"state": "sent", "date_done": fields.Datetime.now()})

    def _check_open(self):
        """Who was written to may answer by phone."""
        answered = self.filtered(lambda callback: callback.state == "sent")
        return super(DealerCallback, self - answered)._check_open()

    def action_print_letters(self):
        """Print what waits to be posted, and note it as sent.

        :raises UserError: when nothing of it is a letter that waits
        """
        self.check_access("write")
        waiting = self.filtered(lambda c: c.state == "planned" and c._is_letter())
        verdicts = waiting._judge_calls()
        letters = waiting.filtered(lambda c: not verdicts[c][0])
        if not letters:
            raise UserError(self.env._("No letter that may be posted is among these."))
        for policy, calls in letters.grouped("policy_id").items():
            calls._mark_sent(policy.sudo().template_id, "letter")
        report = self.env.ref("dealer_aftersales.action_report_callback_letter")
        return report.report_action(letters)

    def _is_letter(self):
        self.ensure_one()
        return self.channel == "letter" and self.policy_id._is_sending()

    # What letters say; templates call these methods.

    def _get_salutation(self):
        return self.partner_id.sudo()._get_salutation()

    def _get_letter_lang(self):
        """The reader's language, else the branch's."""
        self.ensure_one()
        call = self.sudo()
        return call.partner_id.lang or call.company_id.partner_id.lang or self.env.lang

    def _get_letter_car(self):
        """Plate or model of the car it is about, else the customer's; "" if none."""
        call = self.sudo()
        car = call.vehicle_id
        if car:
            return car.license_plate or car.model_id.display_name or ""
        return call.partner_id._get_letter_car()

    def _get_letter_sender(self):
        call = self.sudo()
        return call.partner_id.user_id.name or call.company_id.name

    def _get_letter_greeting(self):
        """The festival's wishes in the reader's language."""
        return self.sudo().greeting or ""
