# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools.plate import classify_plate, normalize_plate
from ..tools.vin import check_vin, normalize_vin, suggest_vin

OVERRIDE_STAMPS = frozenset({"vin_override_by_id", "vin_override_on"})


class FleetVehicle(models.Model):
    """VIN and plate: normalised before they are stored, checked wherever they come from.

    Rules: GB 16735 (form, check digit) and GA 36 (plates) as domain.md 1 and 4 put them.
    They bind the dealership's cars; the company's own fleet stays free.
    """

    _inherit = "fleet.vehicle"
    _rec_names_search = ["name", "driver_id.name", "license_plate", "vin_sn"]

    vin_sn = fields.Char("VIN")
    license_plate = fields.Char(index="trigram")
    plate_kind = fields.Selection(
        [
            ("ordinary", "Ordinary"),
            ("new_energy", "New Energy"),
            ("special", "Special"),
            ("temporary", "Temporary"),
            ("other", "Other"),
        ],
        compute="_compute_plate_kind",
        store=True,
        readonly=False,
    )
    vin_status = fields.Selection(
        [
            ("ok", "Check digit fits"),
            ("not_applicable", "Check digit not applicable"),
            ("mismatch", "Check digit does not fit"),
            ("invalid", "Not a VIN"),
        ],
        "VIN Check",
        compute="_compute_vin_status",
        store=True,
    )
    vin_override_reason = fields.Char(
        "Why accept this VIN",
        copy=False,
        help="A manager may accept a VIN whose check digit fails; say why.",
    )
    vin_override_by_id = fields.Many2one(
        "res.users", "VIN accepted by", readonly=True, copy=False
    )
    vin_override_on = fields.Datetime("VIN accepted on", readonly=True, copy=False)

    _vin_uniq = models.UniqueIndex(
        "(vin_sn) WHERE vin_sn IS NOT NULL AND trade_state IS NOT NULL",
        "VIN: another car already has this number.",
    )

    @api.depends("vin_sn")
    def _compute_vin_status(self):
        for vehicle in self:
            vehicle.vin_status = vehicle.vin_sn and check_vin(vehicle.vin_sn).status

    @api.depends("license_plate")
    def _compute_plate_kind(self):
        for vehicle in self:
            kind = classify_plate(vehicle.license_plate or "")
            vehicle.plate_kind = kind or vehicle.plate_kind

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._normalize_identity(vals)
            self._stamp_vin_override(vals)
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        self._normalize_identity(vals)
        self._stamp_vin_override(vals)
        return super().write(vals)

    @api.model
    def _normalize_identity(self, vals):
        """Half-width, upper case, no blanks: one spelling for the unique index."""
        if vals.get("vin_sn"):
            vals["vin_sn"] = normalize_vin(vals["vin_sn"]) or False
        if vals.get("license_plate"):
            vals["license_plate"] = normalize_plate(vals["license_plate"]) or False

    def _stamp_vin_override(self, vals):
        """Accepting a failed check digit is a manager's act, signed and dated.

        :raises AccessError: when somebody else tries, or forges the stamp
        """
        if OVERRIDE_STAMPS & vals.keys() and not self.env.su:
            raise AccessError(self.env._("The stamp of a VIN is set by the system."))
        if not vals.get("vin_override_reason"):
            return
        if not self.env.su and not any(
            self.env.user.has_group(group) for group in self._get_vin_override_groups()
        ):
            raise AccessError(
                self.env._("Only a manager may accept a VIN whose check digit fails.")
            )
        vals["vin_override_by_id"] = self.env.uid
        vals["vin_override_on"] = fields.Datetime.now()

    @api.model
    def _get_vin_override_groups(self):
        """XML ids of the groups that may accept a VIN with a failed check digit."""
        return ["dealer_crm.group_sales_manager"]

    @api.constrains("vin_sn", "trade_state", "vin_override_reason")
    def _check_vin(self):
        dealer_cars = self.filtered(lambda v: v.vin_sn and v.trade_state)
        for vehicle in dealer_cars:
            result = check_vin(vehicle.vin_sn)
            if result.status == "invalid" or (
                result.status == "mismatch"
                and result.required
                and not vehicle.vin_override_reason
            ):
                raise ValidationError(vehicle._get_vin_message(result))
        dealer_cars._check_vin_unique()

    def _check_vin_unique(self):
        """Say which car has the number: the index alone can only refuse.

        :raises ValidationError: naming the other car
        """
        others = dict(
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [("vin_sn", "in", self.mapped("vin_sn")), ("trade_state", "!=", False)],
                ["vin_sn"],
                ["id:recordset"],
            )
        )
        for vehicle in self:
            double = others.get(vehicle.vin_sn, vehicle) - vehicle
            if double:
                raise ValidationError(
                    self.env._(
                        "VIN: %(vin)s belongs to the car %(car)s already.",
                        vin=vehicle.vin_sn,
                        car=double[0].display_name,
                    )
                )

    def _get_vin_message(self, result):
        self.ensure_one()
        texts = {
            "length": self.env._("it has not 17 characters"),
            "charset": self.env._(
                "only digits and capital letters without I, O and Q are possible"
            ),
            "check_digit": self.env._(
                "the check digit (9th character) should be %(digit)s; "
                "a manager can accept the number with a reason",
                digit=result.expected,
            ),
        }
        message = self.env._(
            "VIN %(vin)s: %(reason)s.",
            vin=self.vin_sn,
            reason=texts.get(result.reason, result.reason),
        )
        proposal = suggest_vin(self.vin_sn)
        if proposal:
            message += " " + self.env._("Did you mean %(vin)s?", vin=proposal)
        return message

    @api.constrains("license_plate", "plate_kind", "trade_state")
    def _check_license_plate(self):
        for vehicle in self.filtered(lambda v: v.license_plate and v.trade_state):
            free = vehicle.plate_kind in ("special", "temporary", "other")
            if not free and not classify_plate(vehicle.license_plate):
                raise ValidationError(
                    self.env._(
                        "License Plate: %(plate)s is no ordinary and no new energy "
                        "plate. For any other kind choose the plate kind first.",
                        plate=vehicle.license_plate,
                    )
                )

    @api.model
    def _search_display_name(self, operator, value):
        """Typed plates and VINs are found in any spelling: 粤B·12345, lsv aa49…"""
        domain = super()._search_display_name(operator, value)
        if (
            domain is NotImplemented
            or operator in Domain.NEGATIVE_OPERATORS
            or not isinstance(value, str)
            or not value
        ):
            return domain
        vin, plate = normalize_vin(value), normalize_plate(value)
        return (
            Domain(domain)
            | Domain("vin_sn", operator, vin)
            | Domain("license_plate", operator, plate)
        )
