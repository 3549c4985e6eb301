# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

CUSTOMER = ["contact_name", "phone", "source_id", "user_id"]
NEEDS = [
    "usage",
    "drivers",
    "use_note",
    "budget_min",
    "budget_max",
    "payment_way",
    "purchase_date_expected",
    "vehicle_id",
    "present_car",
    "has_trade_in",
    "competitor",
    "stated_needs",
    "hidden_needs",
    "key_questions",
]


class ReportNeedsAnalysis(models.AbstractModel):
    """The needs sheet (需求分析记录单): what was said, and the models recommended."""

    _name = "report.dealer_crm.report_needs_analysis"
    _inherit = "dealer.lead.print"
    _description = "Needs Sheet"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template; without records one blank sheet"""
        self._check_staff()
        analyses = self.env["dealer.needs.analysis"].browse(docids or [])
        analyses.check_access("read")
        title = self.env._("Needs Sheet")
        self.env["dealer.access.log"]._log("print", analyses.lead_id, title)
        return {
            "docs": analyses,
            "forms": [self._get_form(one) for one in analyses or [analyses]],
        }

    @api.model
    def _get_form(self, analysis):
        lead = analysis.lead_id
        return {
            "analysis": analysis,
            "company": analysis.company_id or self.env.company,
            "blocks": [
                self._get_block(self.env._("Customer"), lead, CUSTOMER),
                self._get_block(self.env._("Needs"), analysis, NEEDS),
            ],
            "lines": list(analysis.line_ids) or [None, None],
        }
