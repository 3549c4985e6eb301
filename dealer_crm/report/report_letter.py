# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ReportLetter(models.AbstractModel):
    """Letters on the dealership's paper: one page per reader, in his language."""

    _name = "report.dealer_crm.report_thanks"
    _inherit = "dealer.print"
    _description = "Thank-you Letter"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one letter per visit"""
        visits = self.env["dealer.contact"].browse(docids or [])
        visits._check_letter_rights()
        template = self.env["mail.template"]._get_thanks_template()
        self.env["dealer.access.log"]._log("print", visits, template.name)
        bodies = template._render_letters(visits)
        return {
            "docs": visits,
            "letters": [
                self._get_letter(
                    visit.company_id, bodies[visit.id], visit._get_addressee()
                )
                | {"lang": visit._get_letter_lang()}
                for visit in visits
            ],
        }

    @api.model
    def _get_letter(self, company, body, person):
        """What stands on one page.

        :param dict person: name and street of the reader
        """
        return {
            "company": company.sudo(),
            "body": body,
            "name": person["name"],
            "street": person["street"],
            "date": company._get_dealer_today(),
        }
