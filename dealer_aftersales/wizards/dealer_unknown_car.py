# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools import search_sql
from odoo.addons.dealer_crm.tools.phone import normalize_cn_phone
from odoo.addons.dealer_crm.tools.plate import classify_plate, normalize_plate
from odoo.addons.dealer_crm.tools.vin import normalize_vin
from odoo.exceptions import UserError
from odoo.fields import Domain

VIN_LENGTH = 17
#: Shorter pieces fit too many cars and customers to propose any.
MIN_TAIL, MIN_PLATE, MIN_PHONE = 6, 5, 7
PROPOSALS = 6


class DealerUnknownCar(models.TransientModel):
    """A car that was not sold here stands at the reception for the first time.

    One dialog makes customer, car and repair order, or none of them. Whoever is
    known already is proposed while typing, so that nobody is entered twice.
    """

    _name = "dealer.unknown.car"
    _description = "Unknown Car"

    repair_id = fields.Many2one("repair.order", "Repair Order", readonly=True)
    vin_sn = fields.Char("VIN")
    license_plate = fields.Char()
    plate_kind = fields.Selection(
        selection="_selection_plate_kind",
        compute="_compute_plate_kind",
        store=True,
        readonly=False,
    )
    found_vehicle_ids = fields.Many2many(
        "fleet.vehicle", compute="_compute_found_vehicle_ids"
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Known Car",
        compute="_compute_vehicle_id",
        store=True,
        readonly=False,
        domain="[('trade_state', '!=', False)]",
    )
    model_id = fields.Many2one("fleet.vehicle.model")
    model_name = fields.Char(
        "Other Model", help="Brand and model of a car that is not in the list."
    )
    odometer = fields.Integer("Odometer (km)")
    phone = fields.Char()
    found_partner_ids = fields.Many2many(
        "res.partner", compute="_compute_found_partner_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Known Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
    )
    name = fields.Char("Customer")
    is_company = fields.Boolean("Is a Company")
    service_kind = fields.Selection(
        selection="_selection_service_kind", default="general"
    )
    concern = fields.Char("What the customer says")

    def _selection_plate_kind(self):
        return self.env["fleet.vehicle"].fields_get(["plate_kind"])["plate_kind"][
            "selection"
        ]

    def _selection_service_kind(self):
        return self.env["repair.order"].fields_get(["service_kind"])["service_kind"][
            "selection"
        ]

    @api.depends("license_plate")
    def _compute_plate_kind(self):
        for wizard in self:
            kind = classify_plate(wizard.license_plate or "")
            wizard.plate_kind = kind or wizard.plate_kind

    @api.depends("vin_sn", "license_plate", "found_partner_ids")
    def _compute_found_vehicle_ids(self):
        cars = self.env["fleet.vehicle"]
        for wizard in self:
            domains = wizard._get_car_domains()
            wizard.found_vehicle_ids = domains and cars.search(
                Domain("trade_state", "!=", False) & Domain.OR(domains),
                limit=PROPOSALS,
            )

    def _get_car_domains(self):
        """What was typed as conditions on cars; none while it is too short."""
        self.ensure_one()
        vin = normalize_vin(self.vin_sn)
        plate = normalize_plate(self.license_plate)
        domains = []
        if len(vin) == VIN_LENGTH:
            domains.append(Domain("vin_sn", "=", vin))
        elif len(vin) >= MIN_TAIL:
            domains.append(search_sql.number_tail("vin_sn", vin))
        if len(plate) >= MIN_PLATE:
            domains.append(search_sql.number_tail("license_plate", plate))
        if self.found_partner_ids:
            domains.append(Domain("owner_id", "in", self.found_partner_ids.ids))
        return domains

    @api.depends("vin_sn", "found_vehicle_ids")
    def _compute_vehicle_id(self):
        """A VIN is one car; a plate or a phone is only a proposal."""
        for wizard in self:
            vin = normalize_vin(wizard.vin_sn)
            same = wizard.found_vehicle_ids.filtered(lambda v, vin=vin: v.vin_sn == vin)
            chosen = wizard.vehicle_id
            if vin and chosen.vin_sn and not chosen.vin_sn.endswith(vin):
                chosen = chosen.browse()
            wizard.vehicle_id = same._origin if vin and same else chosen

    @api.depends("phone")
    def _compute_found_partner_ids(self):
        for wizard in self:
            phone = normalize_cn_phone(wizard.phone or "")
            found = self.env["res.partner"]
            if len(phone) >= MIN_PHONE:
                found = found._find_same_person(phone=phone)[:PROPOSALS]
            wizard.found_partner_ids = found

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.partner_id = wizard.vehicle_id.owner_id or wizard.partner_id

    def action_confirm(self):
        """Make what is missing and open the repair order on it.

        :raises UserError: when car or customer are not told sufficiently
        """
        self.ensure_one()
        self._check_complete()
        partner = self.partner_id or self._make_customer()
        if not partner.file_state and partner._is_customer_phone_valid():
            partner._open_customer_file()
        vehicle = self.vehicle_id or self._make_car(partner)
        self._complete_car(vehicle, partner)
        if self.repair_id:
            self.repair_id.write(self._prepare_repair_values(vehicle, partner))
            return {"type": "ir.actions.act_window_close"}
        repair = self.env["repair.order"].create(
            self._prepare_repair_values(vehicle, partner)
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "repair.order",
            "res_id": repair.id,
            "views": [(False, "form")],
        }

    def _check_complete(self):
        if self.repair_id.vehicle_id:
            raise UserError(
                self.env._(
                    "Order %(order)s has a car already.", order=self.repair_id.name
                )
            )
        if not (self.vehicle_id or self.vin_sn or self.license_plate):
            raise UserError(self.env._("VIN, License Plate: one of them is needed."))
        if not (self.vehicle_id or self.model_id or self.model_name):
            raise UserError(self.env._("Model: which model is the car?"))
        if not (self.partner_id or (self.name and self.phone)):
            raise UserError(
                self.env._("Customer, Phone: both are needed for a new customer.")
            )

    def _make_customer(self):
        customers = self.env["res.partner"].with_context(dealer_customer_file=True)
        return customers.create(self._prepare_customer_values())

    def _prepare_customer_values(self):
        self.ensure_one()
        company = self.repair_id.company_id or self.env.company
        return {
            "name": self.name,
            "phone": self.phone,
            "is_company": self.is_company,
            "file_state": "draft",
            "company_id": company.id,
        }

    def _make_car(self, partner):
        cars = self.env["fleet.vehicle"]
        return cars.create(self._prepare_car_values(partner))

    def _prepare_car_values(self, partner):
        self.ensure_one()
        company = self.repair_id.company_id or self.env.company
        return {
            "trade_state": "customer",
            "origin": "other_dealer",
            "owner_id": partner.id,
            "model_id": self._get_model().id,
            "vin_sn": self.vin_sn,
            "license_plate": self.license_plate,
            "plate_kind": self.plate_kind,
            "company_id": company.id,
            "advisor_id": self.env["repair.order"]._get_default_advisor().id,
        }

    def _get_model(self):
        """The chosen model; one of another brand is added to the list.

        Advisors keep no list of models: the new one is made with all rights, from
        brand and model only.
        """
        if self.model_id:
            return self.model_id
        models_sudo = self.env["fleet.vehicle.model"].sudo()
        text = self.model_name.strip()
        if not all(part.strip() for part in text.partition("/")):
            raise UserError(
                self.env._("Other Model: write brand and model, e.g. Brand/Model.")
            )
        known = models_sudo.search([("display_name", "=", text)], limit=1)
        return known or models_sudo.browse(models_sudo.name_create(text)[0])

    def _complete_car(self, vehicle, partner):
        """A known card without number, plate or owner gets what was typed."""
        typed = {
            "vin_sn": self.vin_sn,
            "license_plate": self.license_plate,
            "owner_id": partner.id,
        }
        missing = {n: value for n, value in typed.items() if value and not vehicle[n]}
        if missing:
            vehicle.write(missing)

    def _prepare_repair_values(self, vehicle, partner):
        self.ensure_one()
        values = {
            "vehicle_id": vehicle.id,
            "partner_id": partner.id,
            "service_kind": self.service_kind,
        }
        if self.odometer:
            values["odometer_in"] = self.odometer
        if self.concern:
            values["concern_ids"] = [fields.Command.create({"name": self.concern})]
        return values
