# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.phone import mask_phone

PHONE_FIELDS = frozenset({"phone", "phone_second", "phone_sanitized"})
IDENTITY_FIELDS = frozenset(
    "name phone phone_second wechat_id email street street2 zip city state_id"
    " birthdate_date gender id_number id_document_type vat user_id company_id"
    " parent_id active".split()
)


class ResPartner(models.Model):
    """Who sees which telephone number, and who may change whose customer.

    Masking happens where values leave the server: reading, exporting, grouping.
    It binds staff of the dealership only; whoever has no role there, an accountant
    or a buyer, works with partners as core has them.
    """

    _inherit = "res.partner"

    is_phone_hidden = fields.Boolean(
        compute="_compute_is_phone_hidden",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("phone", "user_id")
    @api.depends_context("uid")
    def _compute_is_phone_hidden(self):
        hidden = self._get_hidden_phone_ids()
        for partner in self:
            partner.is_phone_hidden = bool(partner.phone) and (
                partner._origin.id in hidden
            )

    def _get_visible_phones(self):
        """The phone of each partner as the current user may see it, by id.

        Everything that shows a phone outside of the field itself (search hits,
        overviews, registers on paper) asks here. Whom the user may not read
        (restricted persons) has none: a list with them still opens.
        """
        readable = self._origin._filtered_access("read")
        if self._hides_restricted():
            readable -= readable.sudo().filtered("is_restricted").with_env(self.env)
        partners = self.filtered(lambda p: not p._origin or p._origin in readable)
        hidden = partners._get_hidden_phone_ids()
        phones = dict.fromkeys(self._ids, "")
        for partner in partners:
            phone = partner.phone or ""
            is_hidden = partner._origin.id in hidden
            phones[partner.id] = mask_phone(phone) if is_hidden else phone
        return phones

    @api.model
    def _get_phone_groups(self):
        """Groups that see the phone of every customer of the branch."""
        return ["group_sales_manager"]

    @api.model
    def _get_phone_fields(self):
        """Names of the fields that hold a telephone number."""
        return PHONE_FIELDS & self._fields.keys()

    @api.model
    def _get_identity_fields(self):
        """What only those in charge of a customer change on the file."""
        return IDENTITY_FIELDS & self._fields.keys()

    @api.model
    def _has_masked_phones(self):
        """Whether there may be customers whose phone the user does not see."""
        return (
            not self.env.su
            and self._has_any_group(["group_dealer_user"])
            and not self._has_any_group(self._get_phone_groups())
        )

    @api.model
    def _get_own_customer_domain(self):
        """The user's own customers: his, with his open lead or car, or nobody's."""
        if not self._has_any_group(["group_sales_consultant"]):
            return Domain("create_uid", "=", self.env.uid) & Domain(
                "create_date", ">=", self.env.company._get_dealer_today()
            )
        uid = self.env.uid
        nobody = (
            Domain("user_id", "=", False)
            & ~Domain("opportunity_ids", "any", [("user_id", "!=", False)])
            & ~Domain("vehicle_ids", "any", [("sales_user_id", "!=", False)])
        )
        return (
            nobody
            | Domain("user_id", "=", uid)
            | Domain("user_id", "=", False) & Domain("create_uid", "=", uid)
            | Domain("opportunity_ids", "any", [("user_id", "=", uid)])
            | Domain("vehicle_ids", "any", [("sales_user_id", "=", uid)])
        )

    def _filter_own_customers(self):
        """Those of the records that are the user's own customers: one query."""
        domain = Domain("id", "in", self._origin.ids) & self._get_own_customer_domain()
        own = set(self.sudo().with_context(active_test=False)._search(domain))
        return self.filtered(lambda partner: partner._origin.id in own)

    def _get_hidden_phone_ids(self):
        """Ids of the customers whose phone the user does not see: one query."""
        if not self._origin or not self._has_masked_phones():
            return set()
        files = self._origin.sudo().filtered("file_state").with_env(self.env)
        return set((files - files._filter_own_customers())._ids)

    def _mask_phone_values(self, rows, names):
        """Hide the phones in ``rows`` as ``read`` returns them."""
        hidden = self._get_hidden_phone_ids()
        for row in rows:
            if row["id"] in hidden:
                for name in names:
                    row[name] = row[name] and mask_phone(row[name])

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load=load)
        names = self._get_phone_fields() & set(fnames)
        if names and self._has_masked_phones():
            self._mask_phone_values(rows, names)
        return rows

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        names = self._get_phone_fields()
        columns = [i for i, path in enumerate(fields) if path and path[0] in names]
        hidden = self._get_hidden_phone_ids() if columns else ()
        if not hidden:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        rows = []
        for partner in self:
            lines = super(ResPartner, partner)._export_rows(
                fields, _is_toplevel_call=_is_toplevel_call
            )
            if partner.id in hidden:
                for column in columns:
                    lines[0][column] = mask_phone(lines[0][column])
            rows += lines
        return rows

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_phone_not_grouped(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_phone_not_grouped(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _check_phone_not_grouped(self, spec):
        """:raises AccessError: a group per number would tell the numbers"""
        name = spec.split(":")[0].split(".")[0]
        if name in self._get_phone_fields() and self._has_masked_phones():
            raise AccessError(
                self.env._("Customers cannot be grouped by their phone number.")
            )

    def onchange(self, values, field_names, fields_spec):
        """What a form gets back before it is saved shows no hidden phone either."""
        result = super().onchange(values, field_names, fields_spec)
        names = self._get_phone_fields() & result.get("value", {}).keys()
        if names and self._get_hidden_phone_ids():
            for name in names:
                result["value"][name] = mask_phone(result["value"][name] or "")
        return result

    def copy_data(self, default=None):
        """A copy is no way around: what is hidden does not come along."""
        vals_list = super().copy_data(default=default)
        hidden = self._get_hidden_phone_ids()
        for partner, vals in zip(self, vals_list, strict=True):
            if partner.id in hidden:
                for name in self._get_phone_fields() - (default or {}).keys():
                    vals.pop(name, None)
        return vals_list

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        masked = {name for name in self._get_phone_fields() & vals.keys() if vals[name]}
        masked = {name for name in masked if "*" in vals[name]}
        if masked:
            vals = {
                name: value
                for name, value in vals.items()
                if name not in masked or not self._is_own_mask(name, value)
            }
        if self._get_identity_fields() & vals.keys():
            self._check_own_customers()
        return super().write(vals)

    def _is_own_mask(self, name, value):
        """A hidden number comes back unchanged: nothing was typed."""
        return {mask_phone(partner[name] or "") for partner in self} == {value}

    def _check_own_customers(self):
        """:raises AccessError: when the file is another consultant's"""
        foreign = self._get_hidden_phone_ids()
        if not foreign:
            return
        partner = self.sudo().browse(min(foreign))
        raise AccessError(
            self.env._(
                "%(name)s is a customer of %(user)s: only the consultant in charge "
                "or a manager changes name, phone, address and identity.",
                name=partner.name,
                user=partner.user_id.name or self.env._("somebody else"),
            )
        )
