# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from collections.abc import Collection

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools.plate import classify_plate, normalize_plate
from ..tools.vin import check_vin, model_year_hint, normalize_vin, suggest_vin

OVERRIDE_STAMPS = frozenset({"vin_override_by_id", "vin_override_on"})
OVERRIDE_FIELDS = OVERRIDE_STAMPS | {"vin_override_reason"}
SPELLINGS = {"vin_sn": normalize_vin, "license_plate": normalize_plate}


class FleetVehicle(models.Model):
    """VIN and plate: normalised before they are stored, checked from any source.

    Rules: GB 16735 (form, check digit) and GA 36 (plates). They bind the
    dealership's cars; the company's own fleet stays free.
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
    model_year_hint = fields.Char(
        "Model Year by VIN",
        compute="_compute_model_year_hint",
        help="What the 10th character of the VIN most likely means. Many makers put "
        "no year there: it is a hint, nothing is taken over.",
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

    @api.depends("vin_sn", "purchase_date")
    def _compute_vin_status(self):
        for vehicle in self:
            vehicle.vin_status = vehicle.vin_sn and vehicle._judge_vin().status

    def _judge_vin(self):
        """The verdict on the VIN; the purchase year settles the 30-year cycle."""
        self.ensure_one()
        day = self.purchase_date or fields.Date.context_today(self)
        return check_vin(self.vin_sn, day.year)

    @api.depends("vin_sn", "acquisition_date", "purchase_date")
    def _compute_model_year_hint(self):
        for vehicle in self:
            day = vehicle.acquisition_date or vehicle.purchase_date
            year = (day or fields.Date.context_today(vehicle)).year
            hint = model_year_hint(vehicle.vin_sn or "", year)
            vehicle.model_year_hint = str(hint) if hint else False

    @api.depends("license_plate")
    def _compute_plate_kind(self):
        for vehicle in self:
            kind = classify_plate(vehicle.license_plate or "")
            vehicle.plate_kind = kind or vehicle.plate_kind

    @api.model_create_multi
    def create(self, vals_list):
        default_state = self.env.context.get("default_trade_state")
        # An import tries a refused batch again row by row with the same values:
        # what is added here must not be in them then.
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("trade_state", default_state):
                self._normalize_identity(vals)
            self._stamp_vin_override(vals)
            for name in OVERRIDE_FIELDS:
                vals.setdefault(name, False)  # also against a default of the context
        self._check_vin_free(
            [v.get("vin_sn") for v in vals_list if v.get("trade_state", default_state)]
        )
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        if vals.get("trade_state"):
            self._normalize_stored_identity()
        if vals.get("trade_state", any(self.mapped("trade_state"))):
            self._normalize_identity(vals)
            if {"vin_sn", "trade_state"} & vals.keys():
                self._check_vin_free(
                    [vals["vin_sn"]] * len(self)
                    if "vin_sn" in vals
                    else self.mapped("vin_sn")
                )
        self._stamp_vin_override(vals)
        if "vin_sn" in vals and not vals.get("vin_override_reason"):
            if any(v.vin_override_reason and v.vin_sn != vals["vin_sn"] for v in self):
                vals.update(dict.fromkeys(OVERRIDE_FIELDS, False))
        return super().write(vals)

    @api.model
    def _normalize_identity(self, vals):
        """Half-width, upper case, no blanks: one spelling for the unique index."""
        for name, normalize in SPELLINGS.items():
            if vals.get(name):
                vals[name] = normalize(vals[name]) or False

    def _normalize_stored_identity(self):
        """A company car that enters the trade gets the spelling of the trade."""
        for vehicle in self.filtered(lambda v: not v.trade_state):
            old = {"vin_sn": vehicle.vin_sn, "license_plate": vehicle.license_plate}
            new = dict(old)
            self._normalize_identity(new)
            if new != old:
                vehicle.write(new)

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
            result = vehicle._judge_vin()
            if result.status == "invalid" or (
                result.status == "mismatch"
                and result.required
                and not vehicle.vin_override_reason
            ):
                raise ValidationError(vehicle._get_vin_message(result))

    def _check_vin_free(self, vins):
        """Say which car has the number: the index alone can only refuse.

        :raises ValidationError: naming the other car, if the user may see it
        """
        vins = [vin for vin in vins if vin]
        twice = next((vin for vin, count in Counter(vins).items() if count > 1), None)
        if twice:
            raise ValidationError(
                self.env._("VIN: %(vin)s is given to more than one car.", vin=twice)
            )
        other = self._find_dealer_car(vins)
        if not other:
            return
        if self.env.su or other.with_env(self.env).has_access("read"):
            raise ValidationError(
                self.env._(
                    "VIN: %(vin)s belongs to the car %(car)s already.",
                    vin=other.vin_sn,
                    car=other.display_name,
                )
            )
        raise ValidationError(
            self.env._(
                "VIN: %(vin)s belongs to a car of another branch already. Ask a "
                "general manager to open that card for both branches.",
                vin=other.vin_sn,
            )
        )

    def _find_dealer_car(self, vins):
        """Another car of the trade with one of these numbers, in any branch."""
        cars = self.sudo().with_context(active_test=False)
        return cars.search(
            [
                ("vin_sn", "in", vins),
                ("trade_state", "!=", False),
                ("id", "not in", self.ids),
            ],
            limit=1,
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
        if domain is NotImplemented or operator in Domain.NEGATIVE_OPERATORS:
            return domain
        values = value if isinstance(value, Collection) else []
        typed = [value] if isinstance(value, str) else values
        spellings = [Domain(domain)]
        for name, normalize in SPELLINGS.items():
            texts = [normalize(text) for text in typed if isinstance(text, str)]
            if operator == "in":
                spellings.append(Domain(name, "in", [text for text in texts if text]))
            else:
                spellings += [Domain(name, operator, text) for text in texts if text]
        return Domain.OR(spellings)
