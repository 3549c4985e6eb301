# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from ..models.repair_order_parts import ARRIVED

#: Channel of the ledger → channel of the consent.
CONSENT_CHANNELS = {"phone": "call", "email": "email", "wechat": "wechat"}


class DealerPartsNotice(models.TransientModel):
    """Tell the customer that his parts are there, or when they will be."""

    _name = "dealer.parts.notice"
    _inherit = "dealer.reference.mixin"
    _description = "Notice about Parts"

    repair_id = fields.Many2one("repair.order", required=True, readonly=True)
    partner_id = fields.Many2one(related="repair_id.partner_id")
    phone = fields.Char(related="repair_id.contact_phone")
    email = fields.Char(related="repair_id.partner_id.email")
    channel = fields.Selection(
        [("phone", "Phone"), ("wechat", "WeChat"), ("email", "E-mail")],
        required=True,
        default="phone",
    )
    outcome = fields.Selection(
        [("reached", "Reached"), ("not_reached", "Not reached")],
        required=True,
        default="reached",
    )
    content = fields.Text("Message", required=True)
    advice = fields.Char("Speaks against it", compute="_compute_advice")

    @api.model
    def _get_guarded_references(self):
        return ("repair_id",)

    @api.depends("channel", "repair_id")
    def _compute_advice(self):
        for notice in self:
            notice.advice = notice._get_objection()

    def _get_objection(self):
        """Why the customer is not told this way; "" where nothing speaks against it."""
        self.ensure_one()
        partner = self.repair_id.partner_id
        if not partner:
            return self.env._("The order has no customer.")
        if self.channel == "email" and not self.email:
            return self.env._("The customer has no e-mail address.")
        channel = CONSENT_CHANNELS[self.channel]
        return partner._explain_contact(channel, "service")[partner.id][1]

    def action_send(self):
        """Send the e-mail or log the talk; the advisor's reminder is done with it.

        :raises UserError: when the customer must not be contacted this way
        """
        self.ensure_one()
        repair = self.repair_id
        repair.check_access("write")
        objection = self._get_objection()
        if objection:
            raise UserError(objection)
        if self.channel == "email":
            self._send_email()
        self.env["dealer.contact"].create(self._prepare_contact_values())
        if self.outcome == "reached" or self.channel == "email":
            repair.sudo().activity_feedback([ARRIVED])
        return {"type": "ir.actions.act_window_close"}

    def _send_email(self):
        repair = self.repair_id
        partner = repair.partner_id
        env = self.with_context(lang=partner.lang or self.env.lang).env
        repair.message_post(
            body=plaintext2html(self.content),
            subject=env._("Parts for your car %(plate)s", plate=repair.license_plate),
            partner_ids=partner.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _prepare_contact_values(self):
        repair = self.repair_id
        return {
            "partner_id": repair.partner_id.id,
            "vehicle_id": repair.vehicle_id.id,
            "channel": self.channel,
            "direction": "out",
            "purpose": "service",
            "outcome": "reached" if self.channel == "email" else self.outcome,
            "content": self.content,
            "company_id": repair.company_id.id,
        }


class RepairOrder(models.Model):
    """The customer waits for parts: he is told when they come."""

    _inherit = "repair.order"

    def action_tell_parts(self):
        """Open the notice, written as far as it can be."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the Customer"),
            "res_model": "dealer.parts.notice",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_repair_id": self.id,
                "default_content": self._get_parts_notice(),
            },
        }

    def _get_parts_notice(self):
        """Text for the customer in his language: arrived, or expected when."""
        partner = self.partner_id
        self = self.with_context(lang=partner.lang or self.env.lang)
        words = {
            "salutation": partner.with_env(self.env)._get_salutation()
            if partner
            else self.env._("Dear customer"),
            "plate": self.license_plate or "",
        }
        if self.parts_state == "arrived":
            return self.env._(
                "%(salutation)s: the parts for your car %(plate)s have arrived. "
                "Please tell us when it suits you to have them fitted.",
                **words,
            )
        expected = self._get_parts_expected()
        if not expected:
            return self.env._(
                "%(salutation)s: parts for your car %(plate)s have to be ordered. "
                "We tell you as soon as they are here.",
                **words,
            )
        return self.env._(
            "%(salutation)s: parts for your car %(plate)s are on their way, "
            "expected on %(date)s. We tell you as soon as they are here.",
            date=format_date(self.env, expected),
            **words,
        )

    def _get_parts_expected(self):
        """The day on which the last missing part is expected, False if unknown."""
        moves = self.sudo().move_ids
        missing = moves.filtered_domain(moves._get_shortage_domain())
        days = missing.mapped("forecast_expected_date")
        return max(days) if days and all(days) else False
