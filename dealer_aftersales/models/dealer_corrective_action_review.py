# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DealerCorrectiveActionReview(models.Model):
    """What the supervisor found. After the work is done, his word decides.

    "In order" verifies a measure that was carried out, "not in order" sends it back.
    """

    _name = "dealer.corrective.action.review"
    _description = "Supervision of a Measure"
    _order = "id desc"
    _rec_name = "finding"

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
    result = fields.Selection(
        [("ok", "In order"), ("not_ok", "Not in order")], required=True, default="ok"
    )
    finding = fields.Text("What was found", required=True)

    @api.model
    def _get_today(self):
        return self.env.company._get_dealer_today()

    @api.model_create_multi
    def create(self, vals_list):
        """:raises AccessError: for anybody but the supervisor and service managers"""
        given = {"date": self._get_today(), "user_id": self.env.uid}
        lines = super().create([{**vals, **given} for vals in vals_list])
        for line in lines.sorted("id"):
            line.action_id._take_review(line)
        return lines


class DealerCorrectiveAction(models.Model):
    _inherit = "dealer.corrective.action"

    def _take_review(self, line):
        """Who may check, and what his finding means for the state."""
        self.ensure_one()
        if self.state not in ("running", "done"):
            raise UserError(
                self.env._("A measure is checked once it is approved, until closed.")
            )
        if not self._may_supervise():
            raise AccessError(
                self.env._(
                    "Only %(name)s, who supervises, or a service manager who is not "
                    "responsible himself checks this measure.",
                    name=self.supervisor_id.sudo().name,
                )
            )
        if self.state != "done":
            return
        if line.result == "ok":
            self._verify(self.env.user)
        else:
            self._send_back(self.env._("Sent back: %(text)s", text=line.finding))
