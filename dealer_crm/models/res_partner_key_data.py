# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup
from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.context import without_defaults

# set by buttons and by the system only
SYSTEM_FIELDS = frozenset(
    {
        "file_author_id",
        "key_editor_ids",
        "verified_by_id",
        "verified_on",
        "filed_by_id",
        "filed_on",
    }
)
# the chatter has old and new value already, or must never have it
UNLOGGED_FIELDS = frozenset({"phone", "vat", "id_number", "id_document_type"})


class ResPartner(models.Model):
    """Key data of a file: whoever changes it makes the file a draft again."""

    _inherit = "res.partner"

    @api.model
    def _get_key_file_fields(self):
        """Names of the fields that were checked when a file was verified."""
        return [
            "name",
            "phone",
            "id_number",
            "id_document_type",
            "birthdate_date",
            "street",
            "street2",
            "zip",
            "city",
            "state_id",
            "country_id",
            "vat",
        ]

    @api.model
    def _get_system_file_fields(self):
        """Names of the fields that no client writes."""
        return SYSTEM_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_system_file_fields(vals_list)
            self = self._without_system_defaults()
        partners = super().create(vals_list)
        partners._set_file_author()
        return partners

    def write(self, vals):
        if not self.env.su:
            self._check_system_file_fields([vals])
        files = self.browse()
        if "file_state" not in vals and not vals.keys().isdisjoint(
            self._get_key_file_fields()
        ):
            files = self.sudo().filtered("file_state")
        before = files._get_key_file_values()
        result = super().write(vals)
        if vals.get("file_state"):
            self._set_file_author()
        files._follow_key_changes(before)
        return result

    def _check_system_file_fields(self, vals_list):
        """:raises AccessError: a client writes what buttons and the system set

        To empty it is to change it; a new file may be sent with empty values.
        """
        names = self._get_system_file_fields()
        for vals in vals_list:
            for name in sorted(names & vals.keys()):
                if vals[name] or any(partner[name] for partner in self.sudo()):
                    raise AccessError(
                        self.env._(
                            "%(field)s: set by the system only.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.model
    def _without_system_defaults(self):
        """The same without defaults in the context that a client must not set."""
        return without_defaults(self, self._get_system_file_fields())

    def _set_file_author(self):
        """Who opens a file is its author, for ever."""
        files = self.sudo().filtered(lambda p: p.file_state and not p.file_author_id)
        if files:
            files.write({"file_author_id": self.env.uid})

    def _get_key_file_values(self):
        """:return: {id: {field: value}} of the key data, as records hold it"""
        names = self._get_key_file_fields()
        return {
            partner.id: {name: partner[name] for name in names}
            for partner in self.sudo()
        }

    def _follow_key_changes(self, before):
        """Changed files become drafts; the chatter keeps what was there before."""
        after = self._get_key_file_values()
        changed = self.sudo().filtered(lambda p: after[p.id] != before[p.id])
        if not changed:
            return
        notes = {
            partner.id: partner._get_key_change_note(before[partner.id])
            for partner in changed
        }
        changed.write({"key_editor_ids": [(4, self.env.uid)]})
        changed.filtered(
            lambda p: p.phone_invalid and p.phone != before[p.id]["phone"]
        ).write({"phone_invalid": False})
        checked = changed.filtered(lambda p: p.file_state != "draft")
        checked.write(
            {
                **self._prepare_draft_values(),
                "key_editor_ids": [(6, 0, self.env.user.ids)],
            }
        )
        noted = changed.filtered(lambda p: notes[p.id])
        noted._message_log_batch(bodies={p.id: notes[p.id] for p in noted})

    def _get_key_change_note(self, before):
        """Old and new values of this file's changed key data, without ID numbers.

        Written in the language of the user who made the change.
        """
        self.ensure_one()
        lines = []
        for name, old in before.items():
            if self[name] == old:
                continue
            label = self._fields[name]._description_string(self.env)
            if name in UNLOGGED_FIELDS:
                line = label
            else:
                line = (
                    f"{label}: {self._tell_value(old)} → {self._tell_value(self[name])}"
                )
            lines.append(line)
        if lines and self.file_state != "draft":
            lines.insert(0, self.env._("Key data changed: the file is a draft again."))
        return Markup("<br/>").join(lines)

    @api.model
    def _tell_value(self, value):
        if isinstance(value, models.BaseModel):
            value = value.display_name
        return str(value or "–")
