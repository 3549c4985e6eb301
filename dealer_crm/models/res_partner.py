# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.counters import fill_counter
from ..tools.import_messages import drop_repeated_error
from ..tools.phone import classify_phone, normalize_cn_phone
from ..tools.uscc import check_uscc, normalize_uscc


class ResPartner(models.Model):
    """A customer file is a partner with a file state; all others stay as core has them.

    Rules of this addon bind customer files only, so that accountants, buyers and
    other apps never meet them on their own partners.
    """

    _inherit = "res.partner"

    file_state = fields.Selection(
        [("draft", "Draft"), ("verified", "Verified"), ("filed", "Filed")],
        "Customer File",
        index="btree_not_null",
        copy=False,
        readonly=True,
        tracking=True,
        help="Set for the dealership's customers; empty for all other contacts.",
    )
    birthdate_date = fields.Date("Date of Birth")
    gender = fields.Selection(
        [("male", "Male"), ("female", "Female"), ("other", "Other")]
    )
    party_ids = fields.One2many(
        "dealer.vehicle.party",
        "partner_id",
        "Vehicle Roles",
        groups="dealer_crm.group_dealer_user",
    )
    purchase_ids = fields.One2many(
        "dealer.vehicle.party",
        "partner_id",
        "Purchases",
        domain=[("role", "=", "owner")],
        groups="dealer_crm.group_dealer_user",
    )
    vehicle_ids = fields.One2many(
        "fleet.vehicle",
        "owner_id",
        "Vehicles",
        groups="dealer_crm.group_dealer_user",
    )
    vehicle_count = fields.Integer(
        compute="_compute_vehicle_count",
        groups="dealer_crm.group_dealer_user",
    )
    contact_ids = fields.One2many(
        "dealer.contact",
        "partner_id",
        "Contact Ledger",
        groups="dealer_crm.group_dealer_user",
    )
    contact_count = fields.Integer(
        compute="_compute_contact_count",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("party_ids")
    def _compute_vehicle_count(self):
        fill_counter(
            self,
            "vehicle_count",
            "dealer.vehicle.party",
            "partner_id",
            [("vehicle_id.active", "=", True), ("vehicle_id.trade_state", "!=", False)],
            "vehicle_id:count_distinct",
        )

    @api.depends("contact_ids")
    def _compute_contact_count(self):
        fill_counter(self, "contact_count", "dealer.contact", "partner_id")

    @api.constrains("phone", "file_state")
    def _check_customer_phone(self):
        for partner in self.filtered("file_state"):
            if not partner.phone:
                raise ValidationError(
                    self.env._(
                        "Phone: the file of customer %(name)s needs a phone number.",
                        name=partner.name,
                    )
                )
            if classify_phone(partner.phone) == "invalid":
                raise ValidationError(
                    self.env._(
                        "Phone: %(phone)s is neither a mobile number (11 digits, "
                        "13x to 19x) nor a landline with area code.",
                        phone=partner.phone,
                    )
                )

    @api.constrains("vat", "file_state", "is_company", "country_id")
    def _check_credit_code(self):
        """GB 32100 binds companies in China; a foreign tax number is core's matter."""
        for partner in self.filtered(lambda p: p.file_state and p.is_company and p.vat):
            if (partner.country_id.code or "CN") != "CN":
                continue
            result = check_uscc(partner.vat)
            if result.status == "invalid":
                raise ValidationError(partner._get_credit_code_message(result.reason))

    def _get_credit_code_message(self, reason):
        texts = {
            "length": self.env._("it has not 18 characters"),
            "charset": self.env._(
                "only digits and capital letters without I, O, S, V and Z are possible"
            ),
            "check_digit": self.env._("the check character does not fit"),
        }
        return self.env._(
            "Unified Social Credit Code %(code)s: %(reason)s.",
            code=self.vat,
            reason=texts.get(reason, reason),
        )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        context = self.env.context
        if context.get("dealer_customer_file") and not context.get("default_parent_id"):
            values.setdefault("file_state", "draft")
        return values

    @api.model_create_multi
    def create(self, vals_list):
        is_file = self.env.context.get("dealer_customer_file")
        for vals in vals_list:
            if is_file:
                # the addresses of a customer are no customers
                vals.setdefault("file_state", not vals.get("parent_id") and "draft")
            self._normalize_customer_values(vals, vals.get("file_state"))
        partners = super().create(vals_list)
        partners._assign_customer_number()
        return partners

    def write(self, vals):
        if "phone" in vals or "vat" in vals:
            vals = dict(vals)
            self._normalize_customer_values(vals, any(self.mapped("file_state")))
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is another person: no file, and not the same customer number."""
        vals_list = super().copy_data(default=default)
        for partner, vals in zip(self, vals_list, strict=True):
            if partner.file_state and "ref" not in (default or {}):
                vals.pop("ref", None)
        return vals_list

    @api.model
    def _normalize_customer_values(self, vals, is_file):
        """Full-width digits, blanks and +86 go before anything is checked."""
        if is_file and vals.get("phone"):
            vals["phone"] = normalize_cn_phone(vals["phone"])
        if is_file and vals.get("vat"):
            vals["vat"] = normalize_uscc(vals["vat"])

    def _assign_customer_number(self):
        """A customer file without a number gets the next one of the sequence."""
        sequence = self.env["ir.sequence"].sudo()
        for partner in self.filtered(lambda p: p.file_state and not p.ref):
            partner.ref = sequence.next_by_code("dealer.customer")

    @api.model
    def load(self, fields, data):
        """Core's import; for customer files each mistake is told on its own line."""
        result = super().load(fields, data)
        if self.env.context.get("dealer_customer_file"):
            drop_repeated_error(result["messages"])
        return result

    @api.model
    def get_import_templates(self):
        if not self.env.context.get("dealer_customer_file"):
            return super().get_import_templates()
        suffix = "" if (self.env.lang or "").startswith("zh") else "_en"
        return [
            {
                "label": self.env._("Import Template for Customers"),
                "template": f"/dealer_crm/static/xls/customers{suffix}.xlsx",
            }
        ]

    def action_view_dealer_vehicles(self):
        """The cars this person has or had to do with, in any role."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.fleet_vehicle_action"
        )
        action["domain"] = [
            ("party_ids.partner_id", "=", self.id),
            ("trade_state", "!=", False),
        ]
        action["context"] = {
            "default_owner_id": self.id,
            "default_trade_state": "customer",
        }
        return action

    def action_view_dealer_contacts(self):
        """The person's contact ledger."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_contact_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action
