# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup, escape
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime, formatLang, is_html_empty

#: Fields whose unit stands in a field of its own.
UNITS = {"vehicle_range": "range_unit"}
#: Said only where there is something to say.
SPARSE = {"acquisition_date", "legal_warranty_hint", "vin_override_reason"}
#: A value with more characters than this takes a line of its own.
WIDE = 22
WIDE_TYPES = {"text", "html"}


class DealerPrint(models.AbstractModel):
    """What our printed forms share: labelled values as their reader may see them.

    A form names the fields of each block. Fields of addons that are not installed
    and fields that the reader may not see are left out; empty ones keep their place
    on the paper, to be filled in by hand.
    """

    _name = "dealer.print"
    _description = "Printed Form"

    @api.model
    def _check_staff(self):
        """:raises AccessError: for users without a role at the dealership"""
        if not self.env.su and not self.env.user.has_group(
            "dealer_crm.group_dealer_user"
        ):
            raise AccessError(
                self.env._("Only the dealership's staff prints customer files.")
            )

    @api.model
    def _get_block(self, title, record, names, is_optional=False):
        """A titled block of a form.

        :param list names: fields of ``record`` in the order of the paper
        :param bool is_optional: leave the block out when nothing is filled in
        :return: dict with title and rows (lists of cells), or None
        """
        cells = [
            self._get_cell(record, name)
            for name in names
            if name in record._fields
            and record._has_field_access(record._fields[name], "read")
        ]
        cells = [c for c in cells if c["value"] or c["name"] not in SPARSE]
        if not cells or is_optional and not any(cell["value"] for cell in cells):
            return None
        return {"title": title, "rows": self._get_rows(cells)}

    @api.model
    def _get_cell(self, record, name):
        field = record._fields[name]
        value = self._get_text(record, name) if record else ""
        labels = self._get_labels()
        return {
            "name": name,
            "label": labels.get(str(field))
            or labels.get(name)
            or field.get_description(self.env, ["string"])["string"],
            "value": value,
            "is_wide": field.type in WIDE_TYPES or len(value) > WIDE,
        }

    @api.model
    def _get_rows(self, cells):
        """Two cells per line; a wide one stands alone."""
        rows, waiting = [], []
        for cell in cells:
            if cell["is_wide"]:
                rows.append([cell])
                continue
            waiting.append(cell)
            if len(waiting) == 2:
                rows.append(waiting)
                waiting = []
        return rows + ([waiting] if waiting else [])

    @api.model
    def _get_text(self, record, name):
        """The value as it stands on paper; empty for nothing, also for zero."""
        value = record[name]
        if value and name in UNITS:
            return f"{value:g} {self._get_text(record, UNITS[name])}"
        kind = record._fields[name].type
        if kind == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if not value:
            return ""
        format_value = getattr(self, f"_format_{kind}", None)
        return format_value(record, name, value) if format_value else str(value)

    def _format_date(self, record, name, value):
        return format_date(self.env, value)

    def _format_datetime(self, record, name, value):
        return format_datetime(self.env, value, dt_format="short")

    def _format_integer(self, record, name, value):
        return formatLang(self.env, value, digits=0)

    def _format_float(self, record, name, value):
        digits = 0 if float(value).is_integer() else 2
        return formatLang(self.env, value, digits=digits)

    def _format_monetary(self, record, name, value):
        currency = record[record._fields[name].get_currency_field(record)]
        return formatLang(self.env, value, currency_obj=currency)

    def _format_selection(self, record, name, value):
        described = self.env[record._name].fields_get([name], ["selection"])
        return dict(described.get(name, {}).get("selection", ())).get(value, "")

    def _format_many2one(self, record, name, value):
        return value.sudo().display_name

    def _format_many2many(self, record, name, value):
        return ", ".join(value.sudo().mapped("display_name"))

    def _format_text(self, record, name, value):
        return Markup("<br/>").join(escape(line) for line in value.splitlines())

    def _format_html(self, record, name, value):
        return "" if is_html_empty(value) else value

    @api.model
    def _get_labels(self):
        """Words of the trade for fields that core calls otherwise.

        :return: dict by field name, or by ``model.field`` for those of one model
        """
        return {
            "color": self.env._("Body Colour"),
            "company_id": self.env._("Branch"),
            "contact_address": self.env._("Address"),
            "create_date": self.env._("Opened on"),
            "description": self.env._("Notes"),
            "acquisition_date": self.env._("First Registration"),
            "doors": self.env._("Doors"),
            "fuel_type": self.env._("Energy"),
            "is_imported": self.env._("Imported Car"),
            "license_plate": self.env._("License Plate"),
            "model_id": self.env._("Model"),
            "model_year": self.env._("Model Year"),
            "name": self.env._("Customer Name"),
            "odometer": self.env._("Odometer (km)"),
            "power": self.env._("Power"),
            "ref": self.env._("Customer No."),
            "seats": self.env._("Seats"),
            "user_id": self.env._("Sales Consultant"),
            "vehicle_range": self.env._("Range"),
            "vat": self.env._("Unified Social Credit Code"),
        }

    @api.model
    def _get_phone_texts(self, partner):
        """The customer's numbers as the reader may see them on paper.

        :return: dict by field name
        """
        visible = partner._get_visible_phones()
        return {"phone": visible.get(partner.id, "")}
