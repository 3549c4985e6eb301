# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class DealerServiceOption(models.Model):
    """An option named in a care plan is for the customers of the plans that name it."""

    _inherit = "dealer.service.option"

    @api.model
    def _get_offered(self, partners, company):
        offered = super()._get_offered(partners, company)
        of_plans = self._get_options_of_plans()
        if not of_plans:
            return offered
        granted = self._get_granted_by_plan(partners)
        options = self.search([("company_id", "in", (False, company.id))])
        return options.filtered(
            lambda o: o in granted if o in of_plans else o in offered
        )

    @api.model
    def _get_options_of_plans(self):
        plans = self.env["dealer.care.plan"].sudo().search(Domain.TRUE)
        return plans.option_ids.with_env(self.env)

    @api.model
    def _get_granted_by_plan(self, partners):
        """What the plans of these customers name: the owner's or the bringer's."""
        plans = self.env["dealer.care.plan"]._find_plans(partners)
        granted = self.env["dealer.care.plan"].sudo().union(*plans.values())
        return granted.option_ids.with_env(self.env)

    def _check_offered(self, partners):
        of_plans = self & self._get_options_of_plans()
        granted = self._get_granted_by_plan(partners) if of_plans else of_plans
        for option in of_plans - granted:
            raise ValidationError(
                self.env._(
                    "Service options: %(option)s is not in the care plan of "
                    "%(customer)s.",
                    option=option.name,
                    customer=partners[:1].display_name or self.env._("the customer"),
                )
            )
        return super(DealerServiceOption, self - of_plans)._check_offered(partners)
