# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models


class DealerKpi(models.Model):
    """Figures over corrective and preventive measures."""

    _inherit = "dealer.kpi"

    @api.model
    def _get_countable_models(self):
        return super()._get_countable_models() | {"dealer.corrective.action"}


class DealerCorrectiveAction(models.Model):
    """A measure can be proved by any figure of the registry."""

    _inherit = "dealer.corrective.action"

    effect_kpi_id = fields.Many2one(
        "dealer.kpi",
        "Figure",
        domain=[("measure", "!=", "count"), ("dimension_field_id", "=", False)],
        ondelete="restrict",
        index="btree_not_null",
        help="A ratio or a mean of which more is better.",
    )

    @api.model
    def _selection_effect_kind(self):
        return [*super()._selection_effect_kind(), ("kpi", self.env._("Figure"))]

    @api.model
    def _get_approved_fields(self):
        return super()._get_approved_fields() | {"effect_kpi_id"}

    @api.depends("effect_kpi_id")
    def _compute_effect(self):
        return super()._compute_effect()

    def _get_effect_figures(self):
        figures = super()._get_effect_figures()
        for action in self.sudo()._origin.filtered("effect_kpi_id"):
            if action.effect_kind == "kpi":
                figures |= action._count_kpi_sides()
        return figures

    def _count_kpi_sides(self):
        """The figure in both periods: one look per period, counted by the registry."""
        self.ensure_one()
        figures = {}
        for side, start, after in self._get_effect_sides():
            lines = self.effect_kpi_id._compute_lines(
                self.company_id, start, after - timedelta(days=1)
            )
            if lines:
                count = lines[0]["denominator"] or lines[0]["numerator"]
                figures[self.id, side] = (count, lines[0]["value"])
        return figures

    def _get_effect_target(self):
        if self.effect_kind == "kpi":
            return self.sudo().effect_kpi_id.name or ""
        return super()._get_effect_target()

    def _format_effect(self, value):
        if self.effect_kind == "kpi":
            kpi = self.sudo().effect_kpi_id
            return kpi._format(value or 0, value is not None)
        return super()._format_effect(value)

    @api.onchange("effect_kind")
    def _onchange_effect_kind(self):
        result = super()._onchange_effect_kind()
        if self.effect_kind != "kpi":
            self.effect_kpi_id = False
        return result


class DealerImprovementPlan(models.Model):
    """A plan can aim at any figure of the registry."""

    _inherit = "dealer.improvement.plan"

    kpi_id = fields.Many2one(
        "dealer.kpi",
        "Figure to improve",
        domain=[("dimension_field_id", "=", False)],
        ondelete="restrict",
        index="btree_not_null",
    )
    kpi_text = fields.Char(
        "Figure in the Period",
        compute="_compute_kpi_text",
        help="Counted between the two days of the plan, so far; its target beside it.",
    )

    @api.depends("kpi_id", "date_from", "date_to", "company_id")
    def _compute_kpi_text(self):
        """Counted with all rights for the branch: one figure for everybody."""
        for plan in self:
            kpi = plan.sudo().kpi_id
            plan.kpi_text = False
            if not kpi or not plan.date_from or not plan.date_to:
                continue
            lines = kpi._compute_lines(plan.company_id, plan.date_from, plan.date_to)
            value = lines[0]["value"] if lines else None
            text = kpi._format(value or 0, value is not None)
            if kpi.has_target:
                text = f"{text} / {kpi._format(kpi.target, True)}"
            plan.kpi_text = text
