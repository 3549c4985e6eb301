# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools.id_number import check_id_number, mask_id_number, normalize_id_number

ID_FIELDS = frozenset({"id_number", "id_document_type"})
MASK = "*"


class ResPartner(models.Model):
    """The identity document: never tracked, never in a log, a name or an export.

    The number rests in a table of its own. Whoever reads it, on whatever way, gets
    it with its middle hidden; the whole number is told by ``action_reveal_id_number``
    with a line in the access log, and to code that runs with all rights.
    """

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
        "ID Number",
        compute="_compute_id_number",
        inverse="_inverse_id_number",
        search="_search_id_number",
        copy=False,
        groups="dealer_crm.group_dealer_user",
    )
    id_number_masked = fields.Char(
        "ID Number (masked)",
        compute="_compute_id_number_masked",
        compute_sudo=True,
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends_context("uid")
    def _compute_id_number(self):
        numbers = self._get_id_numbers()
        for partner in self:
            number = numbers.get(partner._origin.id, "")
            if not self.env.su:
                number = mask_id_number(number) if self._may_see_id_mask() else ""
            partner.id_number = number or False

    def _compute_id_number_masked(self):
        numbers = self._get_id_numbers()
        for partner in self:
            number = numbers.get(partner._origin.id, "")
            partner.id_number_masked = mask_id_number(number)

    def _inverse_id_number(self):
        for partner in self:
            partner._set_id_number(partner.id_number)

    def _search_id_number(self, operator, value):
        """The whole number only, and only for those who may see it whole.

        :raises AccessError: for all others, whatever they ask
        """
        if not self.env.su and not self._has_any_group(["group_personal_data"]):
            raise AccessError(
                self.env._("You may not search by the ID number of a person.")
            )
        if operator != "in":
            if operator == "not in":
                return NotImplemented
            raise AccessError(
                self.env._("An ID number is found by the whole number only.")
            )
        values = [normalize_id_number(number) for number in value if number]
        vault = self.env["dealer.identity.vault"].sudo()
        found = vault._search([("number", "in", values)]).subselect("partner_id")
        domain = Domain("id", "in", found)
        if False in value:
            known = vault._search([]).subselect("partner_id")
            domain |= Domain("id", "not in", known)
        return domain

    @api.model
    def _has_any_group(self, names):
        """:param names: groups of this addon, or with the name of another one"""
        return any(
            self.env.user.has_group(name if "." in name else f"dealer_crm.{name}")
            for name in names
        )

    @api.model
    def _get_id_mask_groups(self):
        """Groups that see that there is a number, with its middle hidden."""
        return ["group_personal_data", "group_sales_consultant"]

    @api.model
    def _get_id_reveal_groups(self):
        """Groups that may have a number shown in full, with a line in the log."""
        return ["group_personal_data", "group_sales_manager"]

    @api.model
    def _may_see_id_mask(self):
        return self._has_any_group(self._get_id_mask_groups())

    def _get_id_numbers(self):
        """The numbers in full by partner id: for code that knows what it does."""
        rows = (
            self.env["dealer.identity.vault"]
            .sudo()
            .search_fetch(
                [("partner_id", "in", self._origin.ids)], ["partner_id", "number"]
            )
        )
        return {row.partner_id.id: row.number for row in rows}

    def _set_id_number(self, number):
        """Put one spelling of the number into the vault; empty takes it out."""
        self.ensure_one()
        vault = self.env["dealer.identity.vault"].sudo()
        row = vault.search([("partner_id", "=", self.id)])
        number = normalize_id_number(number or "")
        if not number:
            row.unlink()
        elif row:
            row.number = number
        else:
            vault.create({"partner_id": self.id, "number": number})
        self.invalidate_recordset(["id_number", "id_number_masked"], flush=False)
        self._check_id_number()

    @api.model_create_multi
    def create(self, vals_list):
        # The values may be tried again by an import: leave them as they are.
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if MASK in (vals.get("id_number") or ""):
                raise ValidationError(self._get_masked_number_message())
            if vals.get("id_number"):
                self._check_id_number_author()
            self._fill_from_id_number(vals)
        return super().create(vals_list)

    def write(self, vals):
        if ID_FIELDS & vals.keys():
            vals = dict(vals)
            self._drop_masked_id_number(vals)
            if "id_number" in vals:
                self._check_id_number_author()
            self._fill_from_id_number(vals, self.sudo()[:1].id_document_type)
        return super().write(vals)

    def _drop_masked_id_number(self, vals):
        """What a form or a list that was exported brings back is no new number."""
        number = vals.get("id_number") or ""
        if MASK not in number:
            return
        masks = {mask_id_number(known) for known in self._get_id_numbers().values()}
        if masks != {normalize_id_number(number)}:
            raise ValidationError(self._get_masked_number_message())
        del vals["id_number"]

    def _get_masked_number_message(self):
        return self.env._(
            "ID Number: the middle is hidden by asterisks. Type the whole number."
        )

    def _check_id_number_author(self):
        """Consultants enter it for their own customers, the others not at all.

        :raises AccessError: everybody else
        """
        if self.env.su or self._has_any_group(["group_personal_data"]):
            return
        if not self._has_any_group(["group_sales_consultant"]) or (
            self - self._filter_own_customers()
        ):
            raise AccessError(
                self.env._(
                    "ID Number: only the customer's own sales consultant or somebody "
                    "in charge of personal data enters it."
                )
            )

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

    @api.constrains("id_document_type")
    def _check_id_number(self):
        today = self._get_id_check_day()
        numbers = self._get_id_numbers()
        for partner in self.sudo():
            document = partner.id_document_type or "resident_id"
            number = numbers.get(partner.id)
            if document != "resident_id" or not number:
                continue
            result = check_id_number(number, today)
            if result.status != "ok":
                raise ValidationError(partner._get_id_number_message(result.reason))

    @api.constrains("vat", "file_state")
    def _check_no_id_number_in_vat(self):
        """A person's number in the tax field would be open to everybody."""
        today = self._get_id_check_day()
        for partner in self.filtered(
            lambda p: p.file_state and p.vat and not p.is_company
        ):
            if check_id_number(partner.vat, today).status == "ok":
                raise ValidationError(
                    self.env._(
                        "Tax ID of %(name)s: this is the number of an identity card. "
                        "Enter it as ID Number, where it is protected.",
                        name=partner.name,
                    )
                )

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
