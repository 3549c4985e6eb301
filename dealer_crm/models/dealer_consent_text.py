# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerConsentText(models.Model):
    """What visitors are told their data is for; the version of the day counts.

    An answer in the register names the version it was given to, so a text that was
    used is not changed any more: a new wording is a new version.
    """

    _name = "dealer.consent.text"
    _description = "Consent Text"
    _order = "date_from desc, id desc"
    _rec_name = "date_from"

    text = fields.Text("Said to the Visitor", required=True, translate=True)
    date_from = fields.Date(
        "Valid from", required=True, default=fields.Date.context_today
    )
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: the text of all branches."
    )
    active = fields.Boolean(default=True)

    @api.model
    def _find_current(self, company, day):
        """The branch's version of ``day``: its own text, else the common one."""
        texts = self.sudo().search(
            [
                ("company_id", "in", [company.id, False]),
                ("date_from", "<=", day),
            ]
        )
        own = texts.filtered("company_id")
        return (own or texts)[:1].with_env(self.env)

    def write(self, vals):
        if {"text", "date_from", "company_id"} & vals.keys():
            self._check_unused()
        return super().write(vals)

    def _check_unused(self):
        """:raises UserError: a text to which somebody has answered"""
        if self.env.su:
            return
        used = self.env["dealer.contact"].sudo()
        if used.search_count([("consent_text_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Visitors have answered to this text: make a new version.")
            )
