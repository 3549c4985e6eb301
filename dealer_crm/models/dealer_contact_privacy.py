# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.phone import mask_phone

#: What leaves the server only for those in charge of the line.
HIDDEN_FIELDS = frozenset(
    "visitor_phone visitor_address content feedback need_change next_step"
    " talking_points".split()
)
#: How to find the visitor: the reception keeps the register and sees it.
ADDRESS_FIELDS = frozenset({"visitor_phone", "visitor_address"})


class DealerContact(models.Model):
    """The registers are everybody's; the phone of another one's visitor is not.

    Reception and managers see it, and the consultant who talks or who entered it.
    For the others it is masked where it leaves the server; the address stays with him.
    What was said about another one's lead is hidden from the reception, too.
    """

    _inherit = "dealer.contact"

    def _get_hidden_visitor_ids(self):
        """Ids of the lines whose phone the user does not see."""
        return set() if self._is_reception() else self._get_foreign_ids()

    @api.model
    def _get_hidden_names(self):
        """Names of the fields that are not everybody's."""
        if not self.env["res.partner"]._has_masked_phones():
            return frozenset()
        return HIDDEN_FIELDS - (ADDRESS_FIELDS if self._is_reception() else set())

    def _get_foreign_ids(self):
        """Ids of the lines that are another one's."""
        if not self.env["res.partner"]._has_masked_phones():
            return set()
        lines = self.filtered(lambda c: not c._is_mine())
        own = lines.sudo().filtered(lambda c: c.lead_id.user_id == self.env.user)
        return set(lines.ids) - set(own.ids)

    def _hide_value(self, name, value):
        """What the user gets to see instead of ``value``."""
        self.ensure_one()
        if not value:
            return value
        if name == "visitor_phone":
            return mask_phone(value)
        if name == "visitor_address" or self.sudo().lead_id.user_id:
            return False
        return value

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load=load)
        names = self._get_hidden_names() & set(fnames)
        hidden = self._get_foreign_ids() if names else ()
        for row in rows:
            if row["id"] in hidden:
                contact = self.browse(row["id"])
                for name in names:
                    row[name] = contact._hide_value(name, row[name])
        return rows

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        names = self._get_hidden_names()
        columns = [i for i, path in enumerate(fields) if path[:1] and path[0] in names]
        hidden = self._get_foreign_ids() if columns else ()
        if not hidden:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        rows = []
        for contact in self:
            lines = super(DealerContact, contact)._export_rows(
                fields, _is_toplevel_call=_is_toplevel_call
            )
            if contact.id in hidden:
                for i in columns:
                    lines[0][i] = contact._hide_value(fields[i][0], lines[0][i]) or ""
            rows += lines
        return rows

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_phone_not_grouped(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_phone_not_grouped(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _check_phone_not_grouped(self, spec):
        """:raises AccessError: a group per number would tell the numbers"""
        name = spec.split(":")[0].split(".")[0]
        if name in HIDDEN_FIELDS and name in self._get_hidden_names():
            raise AccessError(
                self.env._("Visitors cannot be grouped by their phone number.")
            )

    def copy_data(self, default=None):
        """A copy is no way around: what is hidden does not come along."""
        vals_list = super().copy_data(default=default)
        names = self._get_hidden_names()
        hidden = self._get_foreign_ids() if names else ()
        for contact, vals in zip(self, vals_list, strict=True):
            if contact.id in hidden:
                for name in names & vals.keys():
                    vals[name] = contact._hide_value(name, vals[name])
        return vals_list

    def write(self, vals):
        """A hidden number comes back unchanged: nothing was typed."""
        phone = vals.get("visitor_phone") or ""
        if "*" in phone and not self.env.su:
            masks = {mask_phone(c.visitor_phone or "") for c in self.sudo()}
            if masks == {phone}:
                vals = {k: v for k, v in vals.items() if k != "visitor_phone"}
        return super().write(vals)
