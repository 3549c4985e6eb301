# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.context import without_defaults

SYSTEM_FIELDS = frozenset({"is_done", "date_done"})


class DealerCampaignTask(models.Model):
    """Who does what for a campaign until when; whose it is ticks it off."""

    _name = "dealer.campaign.task"
    _description = "Campaign Task"
    _order = "is_done, date_due, sequence, id"

    campaign_id = fields.Many2one(
        "utm.campaign", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Task", required=True)
    phase = fields.Selection(
        [
            ("prepare", "Preparation"),
            ("promote", "Promotion"),
            ("execute", "Execution"),
            ("follow_up", "Follow-up"),
        ],
        required=True,
        default="prepare",
    )
    user_id = fields.Many2one("res.users", "Responsible", index="btree_not_null")
    date_due = fields.Date("Due on", copy=False)
    is_done = fields.Boolean("Done", readonly=True, copy=False)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    is_late = fields.Boolean(
        "Task late", compute="_compute_is_late", search="_search_is_late"
    )
    note = fields.Char("Remark")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True)

    _due_idx = models.Index("(date_due) WHERE NOT is_done")

    @api.depends("is_done", "date_due")
    def _compute_is_late(self):
        today = self.env.company._get_dealer_today()
        for task in self:
            task.is_late = bool(
                not task.is_done and task.date_due and task.date_due < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_dealer_today()
        return [("is_done", "=", False), ("date_due", "<", today)]

    @api.constrains("date_due", "campaign_id", "phase")
    def _check_date_due(self):
        """Only the follow-up comes after the campaign."""
        for task in self.filtered(lambda t: t.phase != "follow_up"):
            end = task.campaign_id.date_end
            if task.date_due and end and task.date_due > end:
                raise ValidationError(
                    self.env._(
                        "Due on: %(task)s would be done after the campaign ends.",
                        task=task.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_done_values(*vals_list)
        if not self.env.su:
            self = without_defaults(self, SYSTEM_FIELDS)
        return super().create(vals_list)

    def write(self, vals):
        self._check_done_values(vals)
        return super().write(vals)

    @api.model
    def _check_done_values(self, *vals_list):
        """:raises AccessError: when a client ticks without the button"""
        if not self.env.su and any(SYSTEM_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("Done: a task is ticked off by its button."))

    def action_done(self):
        """Tick off, or take the tick back: whoever has the task or plans it."""
        self.check_access("read")
        for task in self:
            if task.user_id != self.env.user and not task.has_access("write"):
                raise AccessError(
                    self.env._("%(task)s is the task of somebody else.", task=task.name)
                )
            company = task.company_id or self.env.company
            done = not task.is_done
            task.sudo().write(
                {
                    "is_done": done,
                    "date_done": done and company._get_dealer_today(),
                }
            )
        return True
