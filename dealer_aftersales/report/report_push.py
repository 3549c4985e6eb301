# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ReportPush(models.AbstractModel):
    """The letters of a push, one page per recipient, in his language."""

    _name = "report.dealer_aftersales.report_push"
    _inherit = "report.dealer_crm.report_thanks"
    _description = "Letters of a Push"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template; nobody who is left out gets a page"""
        self._check_staff()
        lines = self.env["dealer.push.line"].browse(docids or [])
        lines.check_access("read")
        lines = lines.filtered(lambda line: line.state in ("waiting", "done"))
        letters = []
        for push, own in lines.grouped("push_id").items():
            self.env["dealer.access.log"]._log("print", own.partner_id, push.name)
            bodies = push.template_id._render_letters(own.partner_id)
            letters += [
                self._get_push_letter(push.company_id, line.partner_id, bodies)
                for line in own
            ]
        return {"docs": lines, "letters": letters}

    @api.model
    def _get_push_letter(self, company, partner, bodies):
        person = {
            "name": partner.name,
            "street": " ".join(filter(None, (partner.city, partner.street))),
        }
        letter = self._get_letter(company, bodies[partner.id], person)
        return letter | {"lang": partner.lang or self.env.lang}
