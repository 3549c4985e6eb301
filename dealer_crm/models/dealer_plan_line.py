# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerPlanLine(models.Model):
    """One target of a plan beside what was done, counted from the registers."""

    _name = "dealer.plan.line"
    _description = "Target of a Sales Plan"
    _order = "date_from desc, user_id, sequence, id"
    _rec_name = "measure"

    plan_id = fields.Many2one(
        "dealer.plan", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="plan_id.user_id", store=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    period = fields.Selection(related="plan_id.period", store=True)
    date_from = fields.Date(related="plan_id.date_from", store=True)
    date_to = fields.Date(related="plan_id.date_to", store=True)
    sequence = fields.Integer(default=10)
    measure = fields.Selection(
        lambda self: self.env["dealer.sales.measure"]._get_selection(),
        "Figure",
        required=True,
    )
    target = fields.Integer(required=True, default=0)
    actual = fields.Integer(compute="_compute_actual")
    rate = fields.Float("Reached (%)", compute="_compute_actual", aggregator=None)
    light = fields.Selection(
        [
            ("done", "Target met"),
            ("on_track", "On track"),
            ("behind", "Behind"),
            ("none", "No target"),
        ],
        "Standing",
        compute="_compute_actual",
        help="On track: at least the share of the target that belongs to the working "
        "days until today.",
    )

    _measure_uniq = models.UniqueIndex(
        "(plan_id, measure)", "Each figure has one target per plan."
    )
    _target_check = models.Constraint(
        "CHECK (target >= 0)", "A target is not negative."
    )

    @api.depends("measure", "target", "user_id", "date_from", "date_to", "company_id")
    def _compute_actual(self):
        """One query per figure and branch, however many people and periods."""
        counts = self._read_counts()
        shares = {}
        for line in self:
            done = sum(
                count
                for (user_id, day), count in counts.get(line._get_count_key(), ())
                if user_id == line.user_id.id and line.date_from <= day <= line.date_to
            )
            line.actual = done
            line.rate = done / line.target if line.target else 0
            key = (line.company_id, line.date_from, line.date_to)
            if key not in shares:
                shares[key] = line._get_elapsed_share()
            line.light = line._get_light(done, shares[key])

    def _get_count_key(self):
        return self.company_id.id, self.measure

    def _read_counts(self):
        """{(branch id, figure): ((user id, day), count) pairs}"""
        counts = {}
        ready = self.filtered(lambda x: x.date_from and x.date_to and x.measure)
        for company, lines in ready.grouped("company_id").items():
            found = self.env["dealer.sales.measure"]._count(
                company,
                lines.user_id,
                min(lines.mapped("date_from")),
                max(lines.mapped("date_to")),
                sorted(set(lines.mapped("measure"))),
            )
            for measure, numbers in found.items():
                counts[company.id, measure] = list(numbers.items())
        return counts

    def _get_elapsed_share(self):
        """Working days of the period until today, as a share of all of them."""
        self.ensure_one()
        if not (self.company_id and self.date_from and self.date_to):
            return 0
        today = self.company_id._get_dealer_today()
        days = self.company_id._get_dealer_work_days(self.date_from, self.date_to)
        if not days:
            return 1 if self.date_to <= today else 0
        return sum(day <= today for day in days) / len(days)

    def _get_light(self, done, share):
        self.ensure_one()
        if not self.target:
            return "none"
        if done >= self.target:
            return "done"
        return "on_track" if share < 1 and done >= self.target * share else "behind"

    def action_open_records(self):
        """The records behind what was done.

        :raises UserError: the line has no figure or period yet
        """
        self.ensure_one()
        measures = self.env["dealer.sales.measure"]
        measure = measures._get_measures().get(self.measure)
        if not (measure and self.date_from and self.date_to):
            raise UserError(self.env._("This figure is not counted."))
        domain = measures._get_domain(
            measure, self.company_id, self.user_id, self.date_from, self.date_to
        )
        return {
            "type": "ir.actions.act_window",
            "name": f"{measure['label']} – {self.plan_id.display_name}",
            "res_model": measure["model"],
            "domain": list(domain),
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }
