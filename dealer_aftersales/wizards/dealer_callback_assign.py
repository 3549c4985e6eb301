# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DealerCallbackAssign(models.TransientModel):
    """Give open calls to one caller, or to several in turn."""

    _name = "dealer.callback.assign"
    _description = "Assign Callbacks"

    callback_ids = fields.Many2many(
        "dealer.callback", default=lambda self: self.env.context.get("active_ids")
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")
    user_ids = fields.Many2many(
        "res.users",
        "dealer_callback_assign_user_rel",
        string="Callers",
        domain="[('id', 'in', candidate_ids)]",
        help="Several take turns. Empty: the calls are nobody's, everybody sees them.",
    )
    open_count = fields.Integer("Open Calls", compute="_compute_open_count")

    @api.depends("callback_ids.company_id")
    def _compute_candidate_ids(self):
        """Whoever calls for each of the branches; never an archived user."""
        for wizard in self:
            callers = [c._get_callers() for c in wizard.callback_ids.company_id]
            shared = callers[0] if callers else self.env["res.users"]
            for others in callers[1:]:
                shared &= others
            wizard.candidate_ids = shared

    @api.depends("callback_ids.state")
    def _compute_open_count(self):
        for wizard in self:
            wizard.open_count = len(wizard._get_open())

    def _get_open(self):
        return self.callback_ids.filtered(lambda c: c.state == "planned")

    def action_assign(self):
        """Assign the open ones; closed calls keep who made them.

        :raises UserError: when none is open or somebody does not call for the branch
        """
        self.ensure_one()
        callbacks = self._get_open().sorted(lambda c: (c.date_window_end, c.id))
        if not callbacks:
            raise UserError(self.env._("Choose open callbacks."))
        callbacks.check_access("write")
        strangers = self.user_ids - self.candidate_ids
        if strangers:
            raise AccessError(
                self.env._(
                    "Callers: %(users)s do not call for this branch.",
                    users=", ".join(strangers.mapped("name")),
                )
            )
        self._deal_out(callbacks)
        return {"type": "ir.actions.act_window_close"}

    def _deal_out(self, callbacks):
        """In turn; who made the first call does not get the second one."""
        users = self.user_ids.sorted("id")
        shares = {}
        for number, callback in enumerate(callbacks):
            fit = users - callback.sudo().first_user_id
            user = fit[number % len(fit)] if fit else users.browse()
            shares.setdefault(user, callbacks.browse())
            shares[user] |= callback
        for user, share in shares.items():
            share.write({"user_id": user.id})
