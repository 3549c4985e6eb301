# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

TODO = "mail.mail_activity_data_todo"
TERMS = frozenset({"name", "user_id", "date_due"})


class DealerSalesAction(models.Model):
    """A measure of the weekly session: who does what until when; a to-do reminds."""

    _name = "dealer.sales.action"
    _description = "Measure of a Weekly Session"
    _order = "date_due, id"

    session_id = fields.Many2one(
        "dealer.sales.session", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    name = fields.Char("Measure", required=True)
    user_id = fields.Many2one("res.users", "Responsible", required=True, index=True)
    date_due = fields.Date("Due", required=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )
    is_done = fields.Boolean("Done", compute="_compute_is_done")

    @api.depends("activity_id.active")
    def _compute_is_done(self):
        for action in self:
            task = action.activity_id.sudo()
            action.is_done = bool(task) and not task.active

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system_fields(*vals_list)
        actions = super().create(vals_list)
        actions._make_activities()
        return actions

    def write(self, vals):
        self._check_system_fields(vals)
        result = super().write(vals)
        if TERMS & vals.keys():
            for action in self:
                action.sudo().activity_id.write(action._prepare_terms())
        return result

    def _check_system_fields(self, *vals_list):
        """:raises AccessError: a client links a to-do himself"""
        names = {key.removeprefix("default_") for key in self.env.context}
        if "activity_id" in names.union(*vals_list) and not self.env.su:
            raise AccessError(self.env._("The to-do of a measure is made by itself."))

    @api.ondelete(at_uninstall=False)
    def _unlink_activities(self):
        self.sudo().activity_id.filtered("active").unlink()

    def _make_activities(self):
        activities = self.env["mail.activity"].sudo()
        made = activities.create([action._prepare_activity_values() for action in self])
        for action, activity in zip(self.sudo(), made, strict=True):
            action.activity_id = activity

    def _prepare_terms(self):
        self.ensure_one()
        return {
            "summary": self.name,
            "date_deadline": self.date_due,
            "user_id": self.user_id.id,
        }

    def _prepare_activity_values(self):
        return self._prepare_terms() | {
            "activity_type_id": self.env.ref(TODO).id,
            "res_model_id": self.env["ir.model"]._get_id("dealer.sales.session"),
            "res_id": self.session_id.id,
            "automated": True,
        }
