# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import split_every
from psycopg2.extras import Json

from ..tools.id_number import check_id_number
from ..tools.intake_parse import PARSERS, ParseError, clean
from ..tools.intake_row import Row
from ..tools.phone import mask_phone
from ..tools.plate import classify_plate
from ..tools.uscc import check_uscc
from ..tools.vin import check_vin

CHUNK = 2000


class DealerImportBatch(models.Model):
    """The preview: each row is read, judged and compared before anything is made."""

    _inherit = "dealer.import.batch"

    def action_check(self):
        """Give every row a verdict; nothing is written but that."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        self._check_columns()
        self._remember_columns()
        first_rows = {}
        for lines in split_every(CHUNK, self._get_line_rows(), list):
            rows = self._parse_rows(lines)
            self._match_rows(rows)
            self._find_repeated(rows, first_rows)
            self._store_verdicts(rows)
        self.sudo().state = "checked"
        return True

    def _check_columns(self):
        """:raises UserError: a field is missing, or filled by two columns"""
        if not self.column_ids:
            raise UserError(self.env._("Upload a table first."))
        columns = self.column_ids.filtered("field_id")
        fields_used = columns.mapped("field_id")
        if len(fields_used) < len(columns):
            twice = [
                f.name
                for f in fields_used
                if len(columns.filtered(lambda c, f=f: c.field_id == f)) > 1
            ]
            raise UserError(
                self.env._(
                    "Two columns go to %(fields)s: leave one out.",
                    fields=", ".join(twice),
                )
            )
        if fields_used - self.field_ids:
            raise UserError(
                self.env._("A column goes to a field that you may not fill.")
            )
        missing = self.field_ids.filtered("is_required") - fields_used
        if missing:
            raise UserError(
                self.env._(
                    "No column goes to: %(fields)s.",
                    fields=", ".join(missing.mapped("name")),
                )
                + self._get_kind_hint(fields_used)
            )

    def _get_kind_hint(self, fields_used):
        """Name the kind that asks for less, if the table has all it wants."""
        for key, kind in self._get_kinds().items():
            parts = set(kind["parts"])
            wanted = self.field_ids.filtered(
                lambda f, parts=parts: f.part in parts and f.is_required
            )
            if parts < set(self._get_parts()) and wanted <= fields_used:
                label = dict(self._get_kind_selection())[key]
                return " " + self.env._(
                    "If the table holds nothing else, choose the kind %(kind)s.",
                    kind=label,
                )
        return ""

    def _get_line_rows(self):
        """[(id, row, raw)] straight from the table: there may be 50 000."""
        self.env["dealer.import.line"].flush_model()
        self.env.cr.execute(
            "SELECT id, row, raw FROM dealer_import_line WHERE batch_id = %s "
            "ORDER BY row, id",
            (self.id,),
        )
        return self.env.cr.fetchall()

    def _parse_rows(self, lines):
        columns = [
            (column.place, column.header, column.field_id)
            for column in self.column_ids
            if column.field_id
        ]
        lookups = self._prepare_lookups(columns, lines)
        rows = []
        for line_id, number, cells in lines:
            row = Row(line_id, number)
            for place, header, field in columns:
                self._parse_cell(row, header, field, cells[place], lookups)
            self._check_row(row)
            rows.append(row)
        return rows

    def _parse_cell(self, row, header, field, text, lookups):
        """Read one cell into the row, or say in the row why it cannot be read."""
        try:
            if field.parser in PARSERS:
                parsed = PARSERS[field.parser](text)
                row.put(field.part, field.target, _plain(parsed.value))
                for name, value in parsed.extra.items():
                    if name in self.env[self._get_part_model(field.part)]._fields:
                        row.put(field.part, name, value, weak=True)
            elif clean(text):
                found = lookups[field.id].get(clean(text))
                if found is None:
                    raise ParseError("unknown")
                row.put(field.part, field.target, found)
        except ParseError as error:
            reason = self._get_parse_messages()[error.code]
            shown = "" if field.parser == "id_number" else f" ({text[:40]})"
            row.errors.append(f"{header}: {reason}{shown}")
        if field.is_required and not clean(text):
            self._miss(row, field, header)

    def _miss(self, row, field, header):
        """A mandatory cell is empty; a row of an owner without a car is fine."""
        if field.part == "vehicle" and "partner" in self._get_parts():
            return
        row.errors.append(self.env._("%(column)s: is empty.", column=header))

    def _get_parse_messages(self):
        return {
            "phone": self.env._(
                "neither a mobile number (11 digits, 13x to 19x) nor a landline "
                "with area code"
            ),
            "lost_digits": self.env._(
                "a spreadsheet has cut digits off: format the column as text in the "
                "old system and export again"
            ),
            "date": self.env._("no such day"),
            "date_ambiguous": self.env._("day and month may be confused"),
            "number": self.env._("not a number"),
            "negative": self.env._("a negative number"),
            "choice": self.env._("none of the possible values"),
            "email": self.env._("not an e-mail address"),
            "unknown": self.env._("there is no such record"),
        }

    def _check_row(self, row):
        """The rules of form and RPC, before anything is made."""
        vin = row.get("vehicle", "vin_sn")
        if "vehicle" in row.values:
            self._check_row_vehicle(row, vin)
        number = row.get("partner", "id_number")
        document = row.get("partner", "id_document_type") or "resident_id"
        if number and document == "resident_id":
            result = check_id_number(number, self.env.company._get_dealer_today())
            if result.status != "ok":
                person = self.env["res.partner"].new(
                    {"name": row.get("partner", "name")}
                )
                row.errors.append(person._get_id_number_message(result.reason))
        code = row.get("partner", "vat")
        if code and row.get("partner", "is_company"):
            result = check_uscc(code)
            if result.status == "invalid":
                company = self.env["res.partner"].new({"vat": code})
                row.errors.append(company._get_credit_code_message(result.reason))
        if "lead" in self._get_parts():
            self._check_row_lead(row)

    def _check_row_vehicle(self, row, vin):
        values = row.values["vehicle"]
        if not values.get("model_id") and not row.errors:
            row.errors.append(self.env._("Model: a car needs one."))
        if vin:
            day = values.get("purchase_date") or self.env.cr.now().date().isoformat()
            result = check_vin(vin, int(day[:4]))
            if not result.accepted:
                car = self.env["fleet.vehicle"].new({"vin_sn": vin})
                row.errors.append(car._get_vin_message(result))
            elif result.status != "ok":
                row.notes.append(
                    self.env._("VIN %(vin)s: its check digit is not checked.", vin=vin)
                )
        elif not values.get("license_plate"):
            row.errors.append(self.env._("VIN: a car needs a VIN or a license plate."))
        plate = values.get("license_plate")
        if plate and not classify_plate(plate):
            row.errors.append(
                self.env._(
                    "License Plate: %(plate)s is no ordinary and no new energy plate.",
                    plate=plate,
                )
            )

    def _check_row_lead(self, row):
        """Nobody is written to or called without a reason that can be named."""
        basis = row.values.get("lead", {}).pop("consent_basis", None)
        basis = basis or self.consent_basis
        if not basis:
            row.errors.append(
                self.env._("Consent Basis: why may this person be contacted?")
            )
            return
        text = self.env._("Consent basis: %(basis)s", basis=basis)
        remarks = row.get("lead", "description")
        row.put("lead", "description", f"{text}\n{remarks}" if remarks else text)

    def _find_repeated(self, rows, first_rows):
        """Tell rows about the same thing within the file."""
        for row in rows:
            part = self._get_main_part(row)
            for key in self._get_part_keys(row, part):
                first = first_rows.setdefault((part, *key), row.number)
                if first != row.number and not row.same_as:
                    row.same_as = first
                    row.notes.append(
                        self.env._("The same as row %(row)s of the file.", row=first)
                    )

    def _get_main_part(self, row):
        """What the row is about: the car, where it names one."""
        parts = self._get_parts()
        return parts[-1] if row.values.get(parts[-1]) else parts[0]

    def _store_verdicts(self, rows):
        """Write what was found to the lines, in one statement."""
        self.env.cr.execute_values(
            "UPDATE dealer_import_line l SET parsed = v.parsed, verdict = v.verdict, "
            "decision = v.decision, reason = v.reason, summary = v.summary, "
            "match_model = v.match_model, match_id = v.match_id, state = 'pending' "
            "FROM (VALUES %s) AS v(id, parsed, verdict, decision, reason, summary, "
            "match_model, match_id) WHERE l.id = v.id",
            [self._prepare_verdict(row) for row in rows],
            template="(%s, %s::jsonb, %s, %s, %s, %s, %s, %s::integer)",
            page_size=500,
        )
        self.env["dealer.import.line"].invalidate_model()
        self.invalidate_recordset()

    def _prepare_verdict(self, row):
        main = self._get_main_part(row)
        verdict = row.judge(main)
        match = main if main in row.matches else next(iter(row.matches), None)
        return (
            row.id,
            Json(row.values),
            verdict,
            row.propose(verdict, self.duplicate_policy),
            "\n".join([*row.errors, *row.notes]) or None,
            self._get_summary(row),
            match and self._get_part_model(match),
            match and row.matches[match],
        )

    def _get_summary(self, row):
        """What anybody may see of a row: never an ID number or a full phone."""
        values = row.values
        person = (
            values.get("partner") or values.get("lead") or values.get("owner") or {}
        )
        car = values.get("vehicle", {})
        texts = [
            person.get("name") or person.get("contact_name"),
            mask_phone(person.get("phone") or ""),
            car.get("license_plate"),
            car.get("vin_sn"),
        ]
        return " · ".join(text for text in texts if text)[:200] or None


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value
