# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError


class DealerExportMixin(models.AbstractModel):
    """Lists leave the house by those who may take them along, and the log knows.

    Binds staff of the dealership only: the plain export right of Odoo is given to
    every new user, ours comes with the role.
    """

    _name = "dealer.export.mixin"
    _description = "Export by Role, with Log"

    @api.model
    def _get_export_groups(self):
        """Groups that export customers, cars, leads and calls."""
        return ["dealer_crm.group_sales_manager"]

    def _filter_guarded(self):
        """The records that are the dealership's business; the others are core's."""
        return self

    def export_data(self, fields_to_export):
        user = self.env.user
        if self.env.su or not user.has_group("dealer_crm.group_dealer_user"):
            return super().export_data(fields_to_export)
        guarded = self._filter_guarded()
        if guarded and not any(map(user.has_group, self._get_export_groups())):
            raise AccessError(
                self.env._(
                    "Your role does not take lists of %(model)s out of the system. "
                    "A manager can.",
                    model=self.env["ir.model"]._get(self._name).name,
                )
            )
        result = super().export_data(fields_to_export)
        names = ", ".join(str(name) for name in fields_to_export)
        self.env["dealer.access.log"]._log("export", guarded, names[:500])
        return result


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "dealer.export.mixin"]

    def _filter_guarded(self):
        return self.filtered("file_state")


class FleetVehicle(models.Model):
    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.export.mixin"]

    def _filter_guarded(self):
        return self.filtered("trade_state")


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "dealer.export.mixin"]


class DealerContact(models.Model):
    _name = "dealer.contact"
    _inherit = ["dealer.contact", "dealer.export.mixin"]


class DealerVehicleParty(models.Model):
    _name = "dealer.vehicle.party"
    _inherit = ["dealer.vehicle.party", "dealer.export.mixin"]


class DealerConsent(models.Model):
    _name = "dealer.consent"
    _inherit = ["dealer.consent", "dealer.export.mixin"]


class DealerDailyReport(models.Model):
    _name = "dealer.daily.report"
    _inherit = ["dealer.daily.report", "dealer.export.mixin"]


class DealerDailyLine(models.Model):
    _name = "dealer.daily.line"
    _inherit = ["dealer.daily.line", "dealer.export.mixin"]


class DealerSalesSessionLine(models.Model):
    _name = "dealer.sales.session.line"
    _inherit = ["dealer.sales.session.line", "dealer.export.mixin"]
