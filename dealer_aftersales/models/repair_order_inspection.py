# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

INSPECTORS = (
    "dealer_aftersales.group_technician,dealer_aftersales.group_customer_relations"
)
# Texts in all languages come with the points.
COPY_TEXTS = """
    UPDATE dealer_inspection_line line
       SET name = point.name, section = point.section, unit = point.unit
      FROM dealer_inspection_template_line point
     WHERE point.id = line.template_line_id AND line.inspection_id IN %s
"""


class RepairOrder(models.Model):
    """Inspections of the car: at reception, and before it leaves (SVC-17)."""

    _inherit = "repair.order"

    inspection_ids = fields.One2many(
        "dealer.inspection", "repair_id", "Inspections", groups=INSPECTORS
    )
    finding_ids = fields.One2many(
        "dealer.inspection.line",
        "repair_id",
        "Findings",
        domain=[("result", "in", ("soon", "now")), ("kind", "=", "reception")],
        groups=INSPECTORS,
    )

    def action_inspect(self):
        """Open the walk-around of the order; the first time it is made."""
        return self._open_inspection("reception")

    def action_open_quality_check(self):
        """Open the newest quality check of the order, or make one."""
        return self._open_inspection("quality")

    def _open_inspection(self, kind):
        """:raises UserError: when no template fits the car"""
        self.ensure_one()
        inspection = self._get_inspection(kind) or self._make_inspections(kind)
        if not inspection:
            raise UserError(
                self.env._(
                    "No inspection template fits %(car)s. A service manager makes "
                    "one under Configuration > Inspection Templates.",
                    car=self.vehicle_id.display_name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "dealer.inspection",
            "res_id": inspection.id,
            "views": [(False, "form")],
        }

    def _get_inspection(self, kind):
        """The newest inspection of this kind, if there is one."""
        self.ensure_one()
        return self.env["dealer.inspection"].search(
            [("repair_id", "=", self.id), ("kind", "=", kind)], limit=1
        )

    def _get_inspection_templates(self, kind):
        """{order: the template that fits its car}, empty where none does."""
        cars = {
            repair: (repair.company_id.id, repair.vehicle_id.sudo().usage)
            for repair in self
        }
        found = self.env["dealer.inspection.template"]._get_templates(
            kind, cars.values()
        )
        return {repair: found[car] for repair, car in cars.items()}

    def _make_inspections(self, kind):
        """A new inspection with the points of the template; none where none fits.

        Nobody makes one without its points: only who may write the order, this way.
        """
        self.check_access("write")
        templates = self._get_inspection_templates(kind)
        inspections = (
            self.env["dealer.inspection"]
            .sudo()
            .create(
                [
                    {"repair_id": repair.id, "kind": kind, "template_id": template.id}
                    for repair, template in templates.items()
                    if template
                ]
            )
        )
        inspections._fill_from_template()
        return inspections.with_env(self.env)

    def _after_state(self, source, target):
        """The walk-around at reception, the list of points at the quality check."""
        result = super()._after_state(source, target)
        if target == "quality_check" and source != "ready":
            self.sudo()._prepare_quality_check()
        elif target == "received" and source == "appointment":
            self._inspect_arrived()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        repairs = super().create(vals_list)
        repairs.filtered(lambda r: r.service_state == "received")._inspect_arrived()
        return repairs

    def _inspect_arrived(self):
        arrived = self.filtered(lambda r: r.company_id.sudo().inspect_on_receive)
        if arrived:
            arrived.sudo()._make_inspections("reception")

    def _prepare_quality_check(self):
        """A first check, or a second one that asks what failed the last time."""
        wanted = self.filtered(lambda r: r.company_id.sudo().quality_check_required)
        last = wanted._get_last_checks()
        again = wanted.filtered(lambda r: r in last and last[r].date_done)
        fresh = wanted.filtered(lambda r: r not in last) | again
        for check in fresh._make_inspections("quality"):
            if check.repair_id in again:
                check._take_over_passed(last[check.repair_id])

    def _get_last_checks(self):
        """{order: its newest quality check}, without those that have none."""
        checks = (
            self.env["dealer.inspection"]
            .sudo()
            .search(
                [("repair_id", "in", self.ids), ("kind", "=", "quality")], order="id"
            )
        )
        return {check.repair_id.with_env(self.env): check for check in checks}

    def _get_state_blocks(self, target):
        blocks = super()._get_state_blocks(target)
        is_checked = target == "ready" and self.service_state != "delivered"
        if is_checked and self.company_id.sudo().quality_check_required:
            blocks += self._get_quality_blocks()
        return blocks

    def _get_quality_blocks(self):
        """What of the quality check is not done, or not in order."""
        check = self._get_last_checks().get(self)
        if not check:
            fits = self._get_inspection_templates("quality")[self]
            text = self.env._("Quality check of %(order)s: not made.", order=self.name)
            return [text] if fits else []
        blocks = []
        if check.open_count:
            blocks.append(
                self.env._(
                    "Quality check of %(order)s: %(count)s points are not answered.",
                    order=self.name,
                    count=check.open_count,
                )
            )
        failed = check._get_failed()
        if failed:
            blocks.append(
                self.env._(
                    "Quality check of %(order)s: not passed: %(points)s.",
                    order=self.name,
                    points=", ".join(failed.mapped("name")),
                )
            )
        return blocks


class DealerInspection(models.Model):
    _inherit = "dealer.inspection"

    def _fill_from_template(self):
        """The points of the template, frozen with their texts in all languages."""
        lines = self.env["dealer.inspection.line"].sudo()
        lines.create(
            [
                {
                    "inspection_id": inspection.id,
                    "template_line_id": point.id,
                    "sequence": point.sequence,
                    "name": point.name,
                    "product_id": point.product_id.id,
                }
                for inspection in self
                for point in inspection.sudo().template_id.line_ids
            ]
        )
        if self:
            lines.flush_model()
            self.env["dealer.inspection.template.line"].flush_model()
            self.env.cr.execute(SQL(COPY_TEXTS, tuple(self.ids)))
            lines.invalidate_model(["name", "section", "unit"])

    def _take_over_passed(self, before):
        """What was in order the last time need not be answered again."""
        passed = before.line_ids.filtered(lambda x: x.result in ("ok", "na"))
        results = {line.template_line_id: line.result for line in passed}
        for line in self.sudo().line_ids:
            line.result = results.get(line.template_line_id, False)
