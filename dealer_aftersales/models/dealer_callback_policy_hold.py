# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.governor import judge_contact
from odoo.fields import Domain

from .dealer_callback_policy_consent import DUTY_PURPOSES, get_consent_key


class DealerCallback(models.Model):
    """What the contact governor says of a planned call now, not when it was made.

    Who complains in the meantime is not called for a reminder or a greeting: the call
    is held, off the list of today, until the complaint is closed. It ends with its
    window like any other.
    """

    _inherit = "dealer.callback"

    hold_reason = fields.Char(
        "Why not now",
        compute="_compute_hold_reason",
        help="What the contact governor says of this call today.",
    )
    is_held = fields.Boolean(
        "Held",
        compute="_compute_is_held",
        search="_search_is_held",
        help="The customer has an open complaint: no reminder or greeting until it is "
        "closed.",
    )

    @api.depends("state", "purpose", "channel", "partner_id")
    @api.depends_context("lang")
    def _compute_hold_reason(self):
        planned = self.filtered(lambda c: c.state == "planned")
        (self - planned).hold_reason = False
        for callback, (reason, facts) in planned._judge_calls().items():
            people = callback.partner_id.with_company(callback.company_id)
            callback.hold_reason = people._get_governor_text(reason, facts) or False

    @api.depends("state", "purpose", "partner_id")
    def _compute_is_held(self):
        held = self.sudo().search(
            [("id", "in", self.ids), *self._get_held_domain()], order="id"
        )
        for callback in self:
            callback.is_held = callback._origin.id in held._ids

    @api.model
    def _get_held_domain(self):
        persons = self.env["res.partner"].sudo().with_context(active_test=False)
        complaining = persons._search(persons._get_complaint_domain())
        return (
            Domain("state", "=", "planned")
            & Domain("purpose", "not in", DUTY_PURPOSES)
            & Domain("partner_id", "in", complaining)
        )

    def _search_is_held(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._get_held_domain()

    def _search_is_due(self, operator, value):
        """Neither what is held nor what is sent by itself is called today."""
        due = super()._search_is_due(operator, value)
        if due is NotImplemented:
            return due
        return Domain(due) & self._get_callable_domain()

    @api.model
    def _get_callable_domain(self):
        """What somebody calls: neither what is held nor what is sent by itself."""
        sending = self.env["dealer.callback.policy"]._get_sending_policies()
        return ~self._get_held_domain() & Domain("policy_id", "not in", sending.ids)

    @api.depends("is_held", "policy_id.template_id")
    def _compute_is_late(self):
        result = super()._compute_is_late()
        for callback in self.filtered("is_due"):
            if callback.is_held or callback.policy_id._is_sending():
                callback.is_due = callback.is_due_today = False
        return result

    def _judge_calls(self):
        """What the governor says of each call, by the car it is about as well.

        A person written to several times at once uses up his budget with each.

        :return: dict callback → (key of the reason or None, Facts)
        """
        verdicts = {}
        for company, callbacks in self.sudo().grouped("company_id").items():
            persons = callbacks.partner_id.with_company(company)
            facts, rules = persons._get_governor_facts(), persons._get_governor_rules()
            for callback in callbacks:
                known = facts[callback.partner_id.id]
                key = get_consent_key(callback.channel, callback.purpose)
                reason = judge_contact(known, *key, rules, callback.vehicle_id.id)
                verdicts[callback] = reason, known
                if not reason and callback.policy_id._is_sending():
                    known = known._replace(touches=known.touches + 1)
                    facts[callback.partner_id.id] = known
        return {callback.with_env(self.env): v for callback, v in verdicts.items()}
