# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup
from odoo import api, models


class DealerSanbaoAlert(models.Model):
    """An alert in words."""

    _inherit = "dealer.sanbao.alert"

    @api.model
    def _get_finding_text(self, kind, label, number, threshold):
        """One line: what was counted, and from which number on the right exists."""
        names = dict(self._fields["kind"]._description_selection(self.env))
        values = {
            "kind": names[kind],
            "label": label,
            "count": number,
            "limit": threshold,
        }
        if label:
            return self.env._("%(kind)s (%(label)s): %(count)s of %(limit)s", **values)
        return self.env._("%(kind)s: %(count)s of %(limit)s", **values)

    def _get_text(self):
        """All alerts, one line each, safe as HTML."""
        lines = [
            self._get_finding_text(
                alert.kind, alert.label, alert.count, alert.threshold
            )
            for alert in self
        ]
        return Markup("<br/>").join(lines)


class DealerSanbaoWatch(models.Model):
    """What the law says of a car today, in words."""

    _inherit = "dealer.sanbao.watch"

    @api.model
    def _get_findings(self, vehicle):
        """The findings of one car, counted now: also what came in a minute ago."""
        counted = self._count_cars(vehicle)
        return counted[vehicle.sudo()][1] if counted else []

    @api.model
    def _get_finding_lines(self, findings):
        alerts = self.env["dealer.sanbao.alert"]
        return [
            alerts._get_finding_text(f.kind, f.label, f.number, f.threshold)
            for f in findings
        ]

    def _get_short_text(self):
        """The counts of the row that matter, for one line at the desk."""
        self.ensure_one()
        rule, alerts = self.rule_id, self.env["dealer.sanbao.alert"]
        numbers = [
            ("days", "", self.days),
            ("visit", "", self.visit_days),
            ("fault", self.fault_name, self.fault_count),
            ("part", self.part_name, self.part_count),
            ("safety", "", self.safety_count),
        ]
        return "; ".join(
            alerts._get_finding_text(kind, label, count, rule[f"{kind}_alarm"])
            for kind, label, count in numbers
            if count >= rule[f"{kind}_warn"]
        )

    def action_print_evidence(self):
        """The evidence file of these cars, counted as of today."""
        report = self.env.ref("dealer_aftersales.action_report_sanbao")
        return report.report_action(self)
