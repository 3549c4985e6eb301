# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dealer_import_batch_compare import _get_former

#: What an ID number tells by itself.
TOLD_BY_ID_NUMBER = ("id_document_type", "birthdate_date", "gender")


class DealerImportBatch(models.Model):
    """Records made and filled from rows, with what is needed to take them back."""

    _inherit = "dealer.import.batch"

    def _apply_rows(self, rows):
        """Make or fill the records of the rows, one batch for each part."""
        for part in self._get_parts():
            own = [row for row in rows if row.values.get(part)]
            getattr(self, f"_apply_{part}")(own)
        self.env.flush_all()

    def _apply_partner(self, rows):
        self._create_records(rows, "partner", self._prepare_partner_values)
        self._fill_records(rows, "partner")

    def _apply_owner(self, rows):
        """The owner is known, or the row would not be here."""
        for row in rows:
            partner = self.env["res.partner"].browse(row.matches["owner"])
            row.records["owner"] = partner

    def _apply_vehicle(self, rows):
        for row in rows:
            if "owner_id" in row.changes.get("vehicle", {}):
                row.changes["vehicle"]["owner_id"] = self._get_row_owner(row).id
        self._create_records(rows, "vehicle", self._prepare_vehicle_values)
        self._fill_records(rows, "vehicle")

    def _apply_lead(self, rows):
        self._create_records(rows, "lead", self._prepare_lead_values)
        self._fill_records(rows, "lead")

    def _create_records(self, rows, part, prepare):
        new = [row for row in rows if part not in row.matches]
        model = self.env[self._get_part_model(part)]
        records = model.create([prepare(row) for row in new])
        for row, record in zip(new, records, strict=True):
            row.records[part] = record
            row.undo["created"].append([record._name, record.id])

    def _fill_records(self, rows, part):
        model = self.env[self._get_part_model(part)]
        for row in rows:
            if part not in row.matches:
                continue
            record = row.records[part] = model.browse(row.matches[part])
            changes = row.changes.get(part)
            if changes:
                self._fill_record(row, record, changes)

    def _fill_record(self, row, record, changes):
        system = record.sudo()
        names = list(changes)
        if "id_number" in changes:
            names = [name for name in TOLD_BY_ID_NUMBER if name not in changes] + names
        old = {name: _get_former(system, name) for name in names}
        lines = system.party_ids if "owner_id" in changes else None
        record.write(changes)
        if "file_state" in changes:
            record._assign_customer_number()
        for name in names:
            if name == "owner_id":
                # the owner's line is a record of its own, and the way back is its end
                for party in system.party_ids - lines:
                    row.undo["created"].append([party._name, party.id])
                continue
            new = _get_former(system, name)
            if name in changes or new != old[name]:
                row.undo["changed"].append(
                    [record._name, record.id, name, old[name], new]
                )

    def _get_row_owner(self, row):
        return row.records.get("partner") or row.records["owner"]

    def _prepare_partner_values(self, row):
        return {
            "file_state": "draft",
            "company_id": self.company_id.id,
            **row.values["partner"],
        }

    def _prepare_vehicle_values(self, row):
        return {
            "trade_state": "customer",
            "company_id": self.company_id.id,
            "owner_id": self._get_row_owner(row).id,
            **row.values["vehicle"],
        }

    def _prepare_lead_values(self, row):
        values = row.values["lead"]
        model = self.env["fleet.vehicle.model"].browse(values.get("vehicle_model_id"))
        subject = [values.get("contact_name"), model.display_name if model else None]
        result = {
            "name": " · ".join(text for text in subject if text),
            "type": "opportunity",
            "company_id": self.company_id.id,
            "source_id": self.source_id.id,
            "campaign_id": self.campaign_id.id,
            "user_id": self.lead_user_id.id,
            **values,
            **row.links,
        }
        if self.team_id:
            result["team_id"] = self.team_id.id
        return result
