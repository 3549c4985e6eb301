# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools import sanbao

CAR = [
    "license_plate",
    "vin_sn",
    "model_id",
    "engine_number",
    "usage",
    "first_purchase_date",
    "odometer",
]


class ReportSanbao(models.AbstractModel):
    """The evidence file of a household car: every visit, what it counts, and why."""

    _name = "report.dealer_aftersales.report_sanbao"
    _inherit = "dealer.print"
    _description = "Three Guarantees Evidence"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``sheets`` per car"""
        self._check_staff()
        rows = self.env["dealer.sanbao.watch"].browse(docids)
        rows.check_access("read")
        vehicles = rows.vehicle_id
        title = self.env._("Three Guarantees Evidence")
        self.env["dealer.access.log"]._log("print", vehicles.sudo().owner_id, title)
        counted = rows._count_cars(vehicles)
        return {
            "docs": rows,
            "sheets": [self._get_sheet(row, counted) for row in rows],
        }

    @api.model
    def _get_sheet(self, row, counted):
        car = row.vehicle_id
        _values, findings, visits = counted.get(car.sudo(), ({}, [], []))
        today = row.company_id._get_dealer_today()
        return {
            "row": row,
            "company": row.company_id,
            "vehicle": car,
            "owner": car.owner_id.sudo().name or "",
            "today": today,
            "car": self._get_block(self.env._("Vehicle"), car, CAR),
            "counts": self._get_counts(row, visits, findings, today),
            "visits": [self._get_visit(visit, today) for visit in visits],
        }

    @api.model
    def _get_counts(self, row, visits, findings, today):
        """Every count beside its thresholds; single visits only from the warning on."""
        alerts = self.env["dealer.sanbao.alert"]
        kinds = dict(alerts._fields["kind"]._description_selection(self.env))
        levels = dict(alerts._fields["level"]._description_selection(self.env))
        found = {(f.kind, f.subject): f.level for f in findings}
        lines = []
        for count in sanbao.count_all(visits, today):
            level = found.get((count.kind, count.subject))
            if count.kind == "visit" and not level:
                continue
            lines.append(
                {
                    "kind": kinds[count.kind],
                    "label": count.label,
                    "number": count.number,
                    "warn": row.rule_id[f"{count.kind}_warn"],
                    "alarm": row.rule_id[f"{count.kind}_alarm"],
                    "level": levels.get(level, ""),
                }
            )
        return lines

    @api.model
    def _get_visit(self, visit, today):
        faults = [label for label, _is_safety in visit.faults.values()]
        return {
            "name": visit.label,
            "start": fields.Date.to_date(visit.start),
            "stop": visit.stop,
            "days": sanbao.visit_days(visit, today),
            "km": visit.km,
            "faults": ", ".join(faults),
            "parts": ", ".join(visit.parts.values()),
        }
