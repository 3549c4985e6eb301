# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerMeasureMonth(models.TransientModel):
    """The month whose measures are listed: open, late and closed ones."""

    _name = "dealer.measure.month"
    _description = "Measures of a Month"

    month = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_dealer_today().replace(day=1),
        help="Any day of the month.",
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        default=lambda self: self.env.company,
    )

    def _get_measures(self):
        """Measures that were open at some time of the month.

        :raises UserError: when there is none
        """
        self.ensure_one()
        measures = self.env["dealer.corrective.action"]
        found = measures.search(measures._get_month_domain(self.company_id, self.month))
        if not found:
            raise UserError(
                self.env._("No measure was open at the branch in this month.")
            )
        return found

    def action_print(self):
        """The monthly list as PDF."""
        report = self.env.ref("dealer_aftersales.action_report_corrective_action_month")
        measures = self._get_measures()
        # the client hands over either ids or data, so the ids go with the month
        data = {"month": fields.Date.to_string(self.month), "ids": measures.ids}
        return report.report_action(measures, data=data, config=False)

    def action_open(self):
        """The same measures as a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_corrective_action_action"
        )
        action["domain"] = [("id", "in", self._get_measures().ids)]
        action["context"] = {"search_default_group_state": 1, "create": False}
        return action


class DealerCorrectiveAction(models.Model):
    _inherit = "dealer.corrective.action"

    @api.model
    def _get_month_domain(self, company, month):
        """Measures that were open at some time of the month; no open proposals."""
        first = fields.Date.start_of(month, "month")
        after = fields.Date.add(first, months=1)
        return [
            ("company_id", "=", company.id),
            ("date_begun", "<", after),
            ("state", "!=", "cancelled"),
            ("is_proposed", "=", False),
            "|",
            ("date_closed", "=", False),
            ("date_closed", ">=", company._get_dealer_day_start(first)),
        ]
