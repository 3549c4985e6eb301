# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DealerCorrectiveActionProgress(models.Model):
    """What the responsible has done so far; written once, never changed."""

    _name = "dealer.corrective.action.progress"
    _description = "Progress of a Measure"
    _order = "id desc"
    _rec_name = "text"

    action_id = fields.Many2one(
        "dealer.corrective.action",
        "Measure",
        required=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(
        required=True, readonly=True, default=lambda self: self._get_today()
    )
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    percent = fields.Integer("Progress (%)", required=True)
    text = fields.Text("What was done", required=True)

    _percent_check = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "Progress (%): between 0 and 100."
    )

    @api.model
    def _get_today(self):
        return self.env.company._get_dealer_today()

    @api.model_create_multi
    def create(self, vals_list):
        """:raises AccessError: for anybody but the responsible"""
        given = {"date": self._get_today(), "user_id": self.env.uid}
        lines = super().create([{**vals, **given} for vals in vals_list])
        for action in lines.action_id:
            action._check_may_report()
        return lines


class DealerCorrectiveAction(models.Model):
    _inherit = "dealer.corrective.action"

    def _check_may_report(self):
        self.ensure_one()
        if self.state != "running":
            raise UserError(
                self.env._("Progress is reported while a measure is in progress.")
            )
        if not self._may_carry_out():
            raise AccessError(
                self.env._(
                    "Only %(name)s, who is responsible, reports the progress.",
                    name=self.responsible_id.sudo().name,
                )
            )

    def action_log_progress(self):
        """The small dialog of the responsible."""
        self.ensure_one()
        return self._open_line_dialog(
            "dealer.corrective.action.progress", self.env._("Report Progress")
        )

    def action_log_review(self):
        """The small dialog of the supervisor."""
        self.ensure_one()
        return self._open_line_dialog(
            "dealer.corrective.action.review", self.env._("Check the Measure")
        )

    def _open_line_dialog(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_action_id": self.id,
                "default_percent": self.percent,
            },
        }
