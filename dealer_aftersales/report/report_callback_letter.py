# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ReportCallbackLetter(models.AbstractModel):
    """The letters of callback policies, one page per customer, in his language."""

    _name = "report.dealer_aftersales.report_callback_letter"
    _inherit = "report.dealer_crm.report_thanks"
    _description = "Letters of Callback Policies"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template; calls without a letter get no page"""
        self._check_staff()
        calls = self.env["dealer.callback"].browse(docids or [])
        calls.check_access("read")
        calls = calls.filtered(lambda call: call.policy_id._is_sending())
        letters = []
        for policy, own in calls.grouped("policy_id").items():
            self.env["dealer.access.log"]._log("print", own.partner_id, policy.name)
            policy = policy.sudo()
            bodies = policy.template_id._render_letters(own.sudo())
            letters += [
                self._get_callback_letter(call, bodies[call.id]) for call in own
            ]
        return {"docs": calls, "letters": letters}

    @api.model
    def _get_callback_letter(self, call, body):
        partner = call.partner_id.sudo()
        person = {
            "name": partner.name,
            "street": " ".join(filter(None, (partner.city, partner.street))),
        }
        letter = self._get_letter(call.company_id, body, person)
        return letter | {"lang": call._get_letter_lang()}
