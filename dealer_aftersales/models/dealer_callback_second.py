# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class DealerContact(models.Model):
    """Second calls are a purpose of their own, so that no figure counts them twice."""

    _inherit = "dealer.contact"

    purpose = fields.Selection(
        selection_add=[("second", "Second Call")], ondelete={"second": "set default"}
    )


class DealerCallbackPolicy(models.Model):
    """Callbacks lead to callbacks: somebody else asks a sample of them again."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return {
            **super()._get_source_paths(),
            "dealer.callback": ("partner_id", "vehicle_id"),
        }


class DealerCallback(models.Model):
    """The call that checks a call: by somebody else, and both scores side by side."""

    _inherit = "dealer.callback"

    is_drawn = fields.Boolean(
        "To be called again",
        readonly=True,
        copy=False,
        help="Drawn for the second call by somebody else.",
    )
    first_callback_id = fields.Many2one(
        "dealer.callback",
        "First Call",
        compute="_compute_first_callback",
        search="_search_first_callback",
    )
    first_user_id = fields.Many2one(
        "res.users", "First Caller", compute="_compute_first_callback"
    )
    first_score = fields.Float(compute="_compute_first_callback")
    score_difference = fields.Float(
        "Difference",
        compute="_compute_first_callback",
        help="Second score less the first one; 0 while one of them is missing.",
    )
    is_score_different = fields.Boolean(compute="_compute_first_callback")

    _drawn_idx = models.Index("(company_id, date_done) WHERE is_drawn")

    @api.depends("policy_id.model", "source_id", "score", "is_scored")
    def _compute_first_callback(self):
        second = self.filtered(lambda c: c.policy_id.model == self._name)
        known = set(self.browse(second.mapped("source_id")).exists()._ids)
        for callback in self:
            found = callback in second and callback.source_id in known
            first = self.browse(callback.source_id if found else False)
            both = first.sudo().is_scored and callback.is_scored
            callback.first_callback_id = first
            callback.first_user_id = first.sudo()._get_caller()
            callback.first_score = first.sudo().score
            difference = callback.score - first.sudo().score if both else 0
            callback.score_difference = difference
            callback.is_score_different = bool(difference)

    def _search_first_callback(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        policies = self.env["dealer.callback.policy"].sudo()
        policies = policies.with_context(active_test=False)
        policies = policies.search([("model_id.model", "=", self._name)])
        second = Domain("policy_id", "in", policies.ids)
        ids = [number for number in value if number]
        found = second & Domain("source_id", "in", ids)
        if len(ids) < len(value):  # "no first call" is asked for as well
            found |= ~second
        return found if operator == "in" else ~found

    def _get_caller(self):
        """Who reached the customer; of old calls the one they were given to."""
        return self.done_user_id or self.user_id

    def write(self, vals):
        """Who made the first call does not get the second one.

        :raises ValidationError: when a person assigns it so; what a handover moves
            becomes nobody's instead
        """
        user_id = vals.get("user_id")
        own = user_id and self.filtered(lambda c: c.sudo().first_user_id.id == user_id)
        if own and not self.env.su:
            raise ValidationError(
                self.env._(
                    "Caller: %(user)s made the first call, the second one is "
                    "somebody else's.",
                    user=own.sudo().first_user_id.name,
                )
            )
        result = super().write(vals)
        if own:
            super(DealerCallback, own).write({"user_id": False})
        return result

    def _check_attempt(self, contact):
        result = super()._check_attempt(contact)
        if contact.user_id and contact.user_id == self.sudo().first_user_id:
            raise UserError(
                self.env._("You made the first call: somebody else makes the second.")
            )
        return result

    def _after_make(self, policy, company):
        result = super()._after_make(policy, company)
        if policy.model == self._name:
            for callback in self:
                first = callback.first_callback_id
                callback.repair_id = first.repair_id
                callback.sale_order_id = first.sale_order_id
            self._assign_second_callers(company)
        return result

    def _assign_second_callers(self, company):
        """In turn to the branch's callers, never to who made the first call.

        Where nobody else calls, the service manager does.
        """
        callers = company._get_callers()
        for number, callback in enumerate(self):
            first = callback.first_user_id
            others = callers - first or company._get_service_manager() - first
            callback.user_id = others[number % len(others)] if others else False
