# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.id_number import check_id_number, mask_id_number, normalize_id_number

ID_FIELDS = frozenset({"id_number", "id_document_type"})


class ResPartner(models.Model):
    """The identity document: restricted, never tracked, never in a log or a name."""

    _inherit = "res.partner"

    id_document_type = fields.Selection(
        [
            ("resident_id", "Resident Identity Card"),
            ("old_resident_id", "Old Resident ID (15 digits)"),
            ("passport", "Passport"),
            ("military", "Military ID"),
            ("hk_macao_pass", "Hong Kong / Macao Pass"),
            ("taiwan_pass", "Taiwan Pass"),
            ("other", "Other Document"),
        ],
        "ID Document",
        groups="dealer_crm.group_dealer_user",
    )
    id_number = fields.Char(
        "ID Number", copy=False, groups="dealer_crm.group_personal_data"
    )
    id_number_masked = fields.Char(
        "ID Number (masked)",
        compute="_compute_id_number_masked",
        compute_sudo=True,
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("id_number")
    def _compute_id_number_masked(self):
        for partner in self:
            partner.id_number_masked = mask_id_number(partner.id_number or "")

    @api.model_create_multi
    def create(self, vals_list):
        # The values may be tried again by an import: leave them as they are.
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._fill_from_id_number(vals)
        return super().create(vals_list)

    def write(self, vals):
        if ID_FIELDS & vals.keys():
            vals = dict(vals)
            self._fill_from_id_number(vals, self.sudo()[:1].id_document_type)
        return super().write(vals)

    @api.model
    def _fill_from_id_number(self, vals, document=False):
        """Normalise the number; a valid one tells birth date and gender.

        What the user typed himself wins over what the number says.
        """
        if not vals.get("id_number"):
            return
        vals["id_number"] = normalize_id_number(vals["id_number"])
        document = vals.get("id_document_type") or document or "resident_id"
        vals["id_document_type"] = document
        if document != "resident_id":
            return
        result = check_id_number(vals["id_number"], self._get_id_check_day())
        if result.status == "ok":
            vals["birthdate_date"] = vals.get("birthdate_date") or result.birthdate
            vals["gender"] = vals.get("gender") or result.gender

    @api.model
    def _get_id_check_day(self):
        return self.env.company._get_dealer_today()

    @api.constrains("id_number", "id_document_type")
    def _check_id_number(self):
        today = self._get_id_check_day()
        for partner in self.sudo():
            document = partner.id_document_type or "resident_id"
            if document != "resident_id" or not partner.id_number:
                continue
            result = check_id_number(partner.id_number, today)
            if result.status != "ok":
                raise ValidationError(partner._get_id_number_message(result.reason))

    def _get_id_number_message(self, reason):
        """What is wrong, without repeating the number: messages end up in logs."""
        texts = {
            "length": self.env._("it has not 18 characters"),
            "old_15": self.env._(
                "it has 15 digits: choose the document 'Old Resident ID'"
            ),
            "old_foreign": self.env._(
                "it has the form used before 2023: choose 'Other Document'"
            ),
            "charset": self.env._("only digits and a final X are possible"),
            "check_digit": self.env._("the check digit does not fit"),
            "date": self.env._("the birth date in it does not exist"),
            "future": self.env._("the birth date in it lies in the future"),
            "age": self.env._("the birth date in it is more than 120 years ago"),
        }
        return self.env._(
            "ID Number of %(name)s: %(reason)s.",
            name=self.name,
            reason=texts.get(reason, reason),
        )
