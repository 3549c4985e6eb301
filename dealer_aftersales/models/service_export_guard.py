# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

EXPORT_GROUPS = [
    "dealer_aftersales.group_service_manager",
    "dealer_aftersales.group_customer_relations",
]


class DealerExportMixin(models.AbstractModel):
    """Who takes lists along in service and customer relations."""

    _inherit = "dealer.export.mixin"

    @api.model
    def _get_export_groups(self):
        return super()._get_export_groups() + EXPORT_GROUPS


class RepairOrder(models.Model):
    _name = "repair.order"
    _inherit = ["repair.order", "dealer.export.mixin"]

    def _filter_guarded(self):
        return self.filtered("vehicle_id")


class DealerCallback(models.Model):
    _name = "dealer.callback"
    _inherit = ["dealer.callback", "dealer.export.mixin"]


class DealerInsurancePolicy(models.Model):
    _name = "dealer.insurance.policy"
    _inherit = ["dealer.insurance.policy", "dealer.export.mixin"]


class DealerServiceContract(models.Model):
    _name = "dealer.service.contract"
    _inherit = ["dealer.service.contract", "dealer.export.mixin"]
