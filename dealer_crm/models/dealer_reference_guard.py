# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerReferenceMixin(models.AbstractModel):
    """Nobody names a record that he may not read: its name would be told to him.

    Who guesses an id gets the display name of a many2one, and the phone of a car's
    owner with it, across branches. Core leaves this to each model.
    """

    _name = "dealer.reference.mixin"
    _description = "References to Records one may read"

    @api.model
    def _get_guarded_references(self):
        """Names of the many2one fields that name people and leads."""
        return ("partner_id",)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            names = {key.removeprefix("default_") for key in self.env.context}
            records._check_references(names.union(*vals_list))
        return records

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            self._check_references(vals.keys())
        return result

    def _check_references(self, names):
        """:raises AccessError: a record of another branch or another consultant"""
        for name in self._get_guarded_references():
            targets = name in names and self.sudo()[name].sudo(False)
            if targets:
                targets.check_access("read")


class DealerContact(models.Model):
    _name = "dealer.contact"
    _inherit = ["dealer.contact", "dealer.reference.mixin"]

    @api.model
    def _get_guarded_references(self):
        return ("partner_id", "lead_id", "referred_lead_id", "calendar_event_id")


class DealerDailyLine(models.Model):
    _name = "dealer.daily.line"
    _inherit = ["dealer.daily.line", "dealer.reference.mixin"]

    @api.model
    def _get_guarded_references(self):
        return ("partner_id", "lead_id")


class DealerNeedsAnalysis(models.Model):
    _name = "dealer.needs.analysis"
    _inherit = ["dealer.needs.analysis", "dealer.reference.mixin"]

    @api.model
    def _get_guarded_references(self):
        return ("lead_id", "vehicle_id")


class DealerPromise(models.Model):
    _name = "dealer.promise"
    _inherit = ["dealer.promise", "dealer.reference.mixin"]

    @api.model
    def _get_guarded_references(self):
        return ("partner_id", "lead_id")


class DealerVehicleParty(models.Model):
    _name = "dealer.vehicle.party"
    _inherit = ["dealer.vehicle.party", "dealer.reference.mixin"]


class FleetVehicle(models.Model):
    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.reference.mixin"]

    @api.model
    def _get_guarded_references(self):
        return ("owner_id",)
