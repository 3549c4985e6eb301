# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from .dealer_kpi_format import DASH
from .dealer_kpi_light import LIGHTS


class DealerKpi(models.Model):
    """The care board: a card per figure of the satisfaction report (SAT-06).

    A closed month shows what was kept, an open one what its records say now. The
    month comes with the context ``dealer_months_back`` (0 the current one), the branch
    is the one chosen first. Who reads no figures of the month close sees none here.
    """

    _inherit = "dealer.kpi"

    board_month = fields.Char("Month", compute="_compute_board")
    board_value = fields.Char("Figure", compute="_compute_board")
    board_count = fields.Integer("Records", compute="_compute_board", aggregator=None)
    board_target = fields.Char("Target Value", compute="_compute_board")
    board_before = fields.Char("Month before", compute="_compute_board")
    board_light = fields.Selection(LIGHTS, "Light", compute="_compute_board")
    board_kept = fields.Boolean("Closed", compute="_compute_board")
    board_trend = fields.Text("Trend", compute="_compute_board")

    @api.depends("has_target", "target", "green_from", "domain", "measure")
    @api.depends_context("uid", "lang", "allowed_company_ids", "dealer_months_back")
    def _compute_board(self):
        """One query for all months kept; a fixed number per figure for open ones."""
        months = self._get_board_months()
        is_reader = self.env["dealer.kpi.value"].has_access("read")
        figures = self._read_board(months) if is_reader else {}
        for kpi in self:
            known = [figures.get((kpi._origin.id, month)) for month in months]
            kpi.update(kpi._prepare_board_values(months, known))

    def _prepare_board_values(self, months, known):
        """Values of a card from its figures, the shown month last."""
        self.ensure_one()
        now = known[-1] or {"value": None, "count": 0, "kept": False}
        before = known[-2]["value"] if known[-2] else None
        value = now["value"]
        target = now.get("target", self.target)
        has_target = now.get("has_target", self.has_target)
        light = self.env["dealer.kpi.value"]._get_light(
            value,
            value is not None and has_target,
            target,
            now.get("green_from", self.green_from),
        )
        return {
            "board_month": format_date(self.env, months[-1], date_format="yyyy-MM"),
            "board_value": self._format(value, value is not None),
            "board_count": now["count"],
            "board_target": self._format(target, has_target),
            "board_before": self._format(before, before is not None),
            "board_light": light,
            "board_kept": now["kept"],
            "board_trend": json.dumps(self._prepare_trend(months, known)),
        }

    def _prepare_trend(self, months, known):
        """The graph of a card as Odoo's dashboard graph takes it."""
        scale = 100 if self.measure in ("ratio", "difference") else 1
        points = [
            {
                "x": format_date(self.env, month, date_format="yyyy-MM"),
                "y": None
                if not figure or figure["value"] is None
                else round(figure["value"] * scale, 2),
            }
            for month, figure in zip(months, known, strict=True)
        ]
        return [{"values": points, "key": self.name, "is_sample_data": False}]

    @api.model
    def _get_board_month(self):
        """First day of the month shown; a client may ask for up to ten years back."""
        back = self.env.context.get("dealer_months_back")
        back = back if isinstance(back, int) and 0 <= back <= 120 else 0
        today = self.env.company._get_dealer_today().replace(day=1)
        return fields.Date.subtract(today, months=back)

    def _get_board_close(self):
        """The closed month behind the board, or an empty recordset."""
        return (
            self.env["dealer.month.close"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("month", "=", self._get_board_month()),
                    ("report", "=", self.report),
                    ("state", "=", "frozen"),
                ]
            )
        )

    def _get_board_domain(self, kind):
        """Records of the shown month: ``kind`` is numerator or denominator."""
        month = self._get_board_month()
        close = self._get_board_close()
        kept = close.value_ids.filtered(lambda v: v.kpi_id == self)
        if kept:
            ids = kept.record_ids if kind == "numerator" else kept.denominator_ids
            return Domain("id", "in", ids or [])
        end = fields.Date.end_of(month, "month")
        return getattr(self.sudo(), f"_get_{kind}_domain")(self.env.company, month, end)

    def _check_board_access(self):
        if not self.env["dealer.kpi.value"].has_access("read"):
            raise AccessError(self.env._("You may not see the figures of the branch."))

    def action_board_records(self):
        """The records that were counted, by the reader's own rights."""
        self.ensure_one()
        self._check_board_access()
        return self._open_board(self.sudo().model, self._get_board_domain("numerator"))

    def action_board_denominator(self):
        """The records the figure was divided by."""
        self.ensure_one()
        self._check_board_access()
        if self.measure != "ratio":
            return self.action_board_records()
        model = self.sudo()._get_denominator_model()
        return self._open_board(model, self._get_board_domain("denominator"))

    def _open_board(self, model, domain):
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.name} {self.board_month or DASH}",
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"create": False},
        }

    def action_board_passport(self):
        """How is this counted."""
        self.ensure_one()
        view = self.env.ref("dealer_reports.dealer_kpi_view_form_passport")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How is this counted?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }
