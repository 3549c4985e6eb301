# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class DealerKpi(models.Model):
    """The data-quality board: figures that count what is wrong at this moment.

    A defect is a figure like any other, without a month: the records that meet its
    conditions, out of those that were looked at. Counted with the rights and the
    branches of whoever looks, so that each sees the work that is his to do.
    """

    _inherit = "dealer.kpi"

    severity = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low")], default="medium"
    )
    advice = fields.Text(
        "What to do", translate=True, help="Told to whoever opens the list of defects."
    )
    defect_count = fields.Integer("Defects", compute="_compute_quality")
    checked_count = fields.Integer("Records checked", compute="_compute_quality")
    defect_share = fields.Float("Share", compute="_compute_quality", aggregator=None)
    quality_state = fields.Selection(
        [
            ("ok", "In order"),
            ("todo", "To be mended"),
            ("urgent", "Urgent"),
            ("unknown", "Cannot be counted"),
        ],
        "Condition",
        compute="_compute_quality",
    )
    branch_text = fields.Char("Per Branch", compute="_compute_quality")
    count_error = fields.Char(compute="_compute_quality")
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable"
    )

    @api.depends("report", "model_id", "domain", "denominator_domain", "severity")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_quality(self):
        """One query per figure and one per kind of record, whatever the volume."""
        totals = {}
        # A check that fails empties the cache: count all first, then assign.
        results = [(kpi, kpi._get_quality_values(totals)) for kpi in self]
        for kpi, values in results:
            kpi.update(values)

    def _get_quality_values(self, totals):
        """Values of the board; ``totals`` keeps what was counted for other lines."""
        self.ensure_one()
        values = {
            "defect_count": 0,
            "checked_count": 0,
            "defect_share": 0.0,
            "quality_state": False,
            "branch_text": False,
            "count_error": False,
        }
        if self.report != "quality":
            return values
        try:
            with self.env.cr.savepoint():
                return values | self._count_defects(totals)
        except AccessError:
            error = self.env._("You may not read these records.")
        except Exception as failure:
            _logger.info("Quality check %s failed", self.code, exc_info=True)
            error = str(failure)[:200]
        return values | {"quality_state": "unknown", "count_error": error}

    def _count_defects(self, totals):
        model = self.sudo().model
        branches = self.env[model]._read_group(
            self._get_defect_domain(), ["company_id"], ["__count"]
        )
        count = sum(number for _branch, number in branches)
        key = (model, self.denominator_domain)
        if key not in totals:
            totals[key] = self.env[model].search_count(self._get_checked_domain())
        return {
            "defect_count": count,
            "checked_count": totals[key],
            "defect_share": count / totals[key] if totals[key] else 0.0,
            "quality_state": self._judge_quality(count),
            "branch_text": self._get_branch_text(branches),
        }

    @api.depends("model_id")
    @api.depends_context("uid")
    def _compute_is_readable(self):
        for kpi in self:
            model = kpi.sudo().model
            kpi.is_readable = model in self.env and self.env[model].has_access("read")

    def _search_is_readable(self, operator, value):
        """Everybody's board shows the checks on records he may read."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        kpis = self.sudo().search(Domain.TRUE)
        return [("id", "in", kpis.sudo(False).filtered("is_readable").ids)]

    def _judge_quality(self, count):
        if not count:
            return "ok"
        return "urgent" if self.severity == "high" else "todo"

    def _get_branch_text(self, branches):
        """ "North 3 · South 1" for whoever looks at several branches."""
        if len(self.env.companies) < 2:
            return False
        return " · ".join(
            f"{branch.display_name or self.env._('All branches')} {number}"
            for branch, number in branches
        )

    def _get_defect_domain(self):
        """The records with this defect at the branches in view."""
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]")) & self._get_branch_domain()

    def _get_checked_domain(self):
        """The records that were looked at, faultless ones included."""
        self.ensure_one()
        conditions = Domain(literal_eval(self.denominator_domain or "[]"))
        return conditions & self._get_branch_domain()

    def _get_branch_domain(self):
        return Domain("company_id", "in", [*self.env.companies.ids, False])

    def _get_period_domain(self, field, company, date_from, date_to):
        if self.report == "quality":
            return Domain("company_id", "in", (company.id, False))
        return super()._get_period_domain(field, company, date_from, date_to)

    def _get_allowed_models(self):
        """The board may also count what is read with the reader's own rights only."""
        allowed = super()._get_allowed_models()
        return (
            allowed | set(self._get_record_actions()) if self._is_board() else allowed
        )

    def _is_board(self):
        return self.report == "quality"

    @api.model
    def _get_record_actions(self):
        """The action whose lists and forms show the records of a model."""
        return {
            "crm.lead": "dealer_crm.crm_lead_action_dealer",
            "fleet.vehicle": "dealer_crm.fleet_vehicle_action",
            "fleet.vehicle.odometer": "dealer_crm.fleet_vehicle_odometer_action",
            "res.partner": "dealer_crm.res_partner_action_dealer",
        }

    def action_view_defects(self):
        """Open the records with this defect; mending one takes it off the list."""
        self.ensure_one()
        return self._open_quality(self._get_defect_domain())

    def action_view_checked(self):
        """Open all records that were looked at."""
        self.ensure_one()
        return self._open_quality(self._get_checked_domain())

    def action_edit_check(self):
        """The check itself; a click on its line opens the defects instead."""
        self.ensure_one()
        view = self.env.ref("dealer_reports.dealer_kpi_quality_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    def _open_quality(self, domain):
        model = self.sudo().model
        xml_id = self._get_record_actions().get(model)
        if xml_id:
            action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
            action.pop("path", None)  # the address would open it without conditions
        else:
            action = {
                "type": "ir.actions.act_window",
                "res_model": model,
                "views": [(False, "list"), (False, "form")],
            }
        action.update(
            name=self.name,
            display_name=self.name,
            domain=list(domain),
            context={"create": False},
            help=self._get_no_defect_help(),
        )
        return action

    def _get_no_defect_help(self):
        return self.env._("Nothing to mend here.")
