# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup
from odoo import api, models

from .dealer_print_lead import CUSTOMER

ROOM = Markup("<br/><br/><br/>")

INTEREST = [
    "vehicle_model_id",
    "color_wish",
    "budget_min",
    "budget_max",
    "purchase_date_expected",
    "source_id",
    "vehicle_id",
    "has_trade_in",
    "description",
]


class ReportLeadIntention(models.AbstractModel):
    """The purchase-intention form: blank for the customer's pen, or filled in."""

    _name = "report.dealer_crm.report_lead_intention"
    _inherit = "dealer.lead.print"
    _description = "Purchase-intention Form"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template; without records one blank form"""
        self._check_staff()
        leads = self.env["crm.lead"].browse(docids or [])
        leads.check_access("read")
        title = self.env._("Purchase-intention Form")
        self.env["dealer.access.log"]._log("print", leads, title)
        forms = [
            self.with_context(lang=self._get_paper_lang(lead))._get_form(lead)
            for lead in leads or [leads]
        ]
        return {"docs": leads, "forms": forms}

    @api.model
    def _get_paper_lang(self, lead):
        """The customer reads it; a blank form is in the user's language."""
        return lead.partner_id.sudo().lang or lead.lang_id.code or self.env.lang

    @api.model
    def _get_form(self, lead):
        lead = lead.with_env(self.env)
        consent = lead.consent_contact
        return {
            "lead": lead,
            "lang": self.env.lang,
            "company": lead.company_id or self.env.company,
            "blocks": [
                self._get_block(self.env._("Customer"), lead, CUSTOMER),
                self._get_block(self.env._("Interest"), lead, INTEREST),
            ],
            "agrees": self._get_box(consent == "given"),
            "refuses": self._get_box(consent == "withdrawn"),
        }

    @api.model
    def _get_box(self, is_ticked):
        return "☑" if is_ticked else "☐"

    @api.model
    def _get_cell(self, record, name):
        """Choices are printed as boxes, ticked or to be ticked."""
        cell = super()._get_cell(record, name)
        choices = self._get_choices(record, name)
        if choices:
            cell["value"] = "  ".join(
                f"{self._get_box(record and record[name] == key)} {label}"
                for key, label in choices
            )
            cell["is_wide"] = len(choices) > 2
        if name == "description" and not cell["value"]:
            cell["value"] = ROOM  # to write in by hand
        return cell

    @api.model
    def _get_choices(self, record, name):
        field = record._fields[name]
        if field.type == "boolean":
            return [(True, self.env._("Yes")), (False, self.env._("No"))]
        if field.type == "selection":
            return field.get_description(self.env, ["selection"])["selection"]
        return []

    @api.model
    def _get_labels(self):
        return super()._get_labels() | {
            "source_id": self.env._("Heard of us by"),
            "has_trade_in": self.env._("Trade in the old car?"),
            "description": self.env._("Wishes and Notes"),
        }
