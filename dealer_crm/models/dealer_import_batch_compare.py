# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import models

from ..tools.intake_row import same_text

#: Fields that a known record never takes from a file.
FIXED = frozenset({"company_id", "file_state", "trade_state", "partner_id"})


class DealerImportBatch(models.Model):
    """What a known record would take from the file: what it has not, no more."""

    _inherit = "dealer.import.batch"

    def _compare_rows(self, rows):
        overwritten = {
            (column.field_id.part, column.field_id.target)
            for column in self.column_ids
            if column.field_id and column.overwrite
        }
        for part in self._get_parts():
            if part == "owner":
                continue
            model = self.env[self._get_part_model(part)]
            known = {row.matches[part] for row in rows if part in row.matches}
            records = {r.id: r for r in model.browse(sorted(known)).sudo()}
            for row in rows:
                if part in row.matches:
                    record = records[row.matches[part]]
                    self._compare_part(row, part, record, overwritten)
        for row in rows:
            self._compare_owner(row)

    def _compare_part(self, row, part, record, overwritten):
        changes, kept = {}, []
        for name, value in row.values[part].items():
            if name in FIXED or (name == "name" and part in row.doubts):
                continue
            current = _get_plain(record, name)
            if current == value or (current and same_text(current, value)):
                continue
            if not current or (part, name) in overwritten:
                changes[name] = value
            elif name != "id_number":
                kept.append(record._fields[name]._description_string(self.env))
        if part == "partner" and not record.file_state:
            changes["file_state"] = "draft"
        row.changes[part] = changes
        if kept:
            row.notes.append(
                self.env._("Stays as it is: %(fields)s.", fields=", ".join(kept))
            )

    def _compare_owner(self, row):
        """A known car without an owner gets one; another owner stays."""
        if "vehicle" not in row.matches:
            return
        car = self.env["fleet.vehicle"].browse(row.matches["vehicle"]).sudo()
        person = row.matches.get("partner") or row.matches.get("owner")
        named = row.values.get("partner") or row.values.get("owner")
        if not named or not (car.owner_id or named):
            return
        if not car.owner_id:
            row.changes.setdefault("vehicle", {})["owner_id"] = person or True
        elif car.owner_id.id != person:
            row.notes.append(
                self.env._(
                    "Owner: the car belongs to %(name)s; this is not changed.",
                    name=car.owner_id.display_name,
                )
            )


def _get_former(record, name):
    """A stored value as it is put back; only the undo of a row keeps it."""
    return record.sudo().id_number if name == "id_number" else _get_plain(record, name)


def _get_plain(record, name):
    """A stored value as a row holds it; an ID number only as known or not."""
    if name == "id_number":
        return record.id_number_masked and "*"
    value = record[name]
    if isinstance(value, models.BaseModel):
        return value.id
    return value.isoformat() if isinstance(value, date) else value
