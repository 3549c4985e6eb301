# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain


class DealerCallbackPolicy(models.Model):
    """Due services are called about like everything else: by a policy."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return super()._get_source_paths() | {
            "dealer.maintenance.due": ("partner_id", "vehicle_id")
        }


class DealerMaintenanceDue(models.Model):
    """When a reminder is not needed any more."""

    _inherit = "dealer.maintenance.due"

    @api.model
    def _get_reminder_stop_domain(self):
        """Open items nobody calls about: extended with ``|`` by what knows better."""
        return Domain.FALSE
