# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import json
import zipfile

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError

COPY_MANAGER = "dealer_crm.group_general_manager"

CONSENT_FIELDS = "date channel purpose vehicle_id state source note".split()


class ResPartner(models.Model):
    """Everything held on one person, for the person himself (right to a copy)."""

    _inherit = "res.partner"

    def _check_privacy_officer(self):
        """:raises AccessError: for all but the general manager of the branch"""
        if not self.env.su and not self.env.user.has_group(COPY_MANAGER):
            raise AccessError(
                self.env._("Only the general manager decides on a person's data.")
            )
        self.check_access("write")

    @api.model
    def _get_privacy_fields(self):
        """Fields of the customer file that a copy tells and anonymising empties."""
        names = [
            "name phone email street street2 city zip state_id country_id vat website",
            "function comment birthdate_date gender id_document_type ref company_name",
        ]
        names = " ".join(names).split() + self._get_profile_fields()
        return [name for name in dict.fromkeys(names) if name in self._fields]

    def _get_privacy_sources(self):
        """What is held on the person: hook, other addons add theirs.

        :return: list of dicts with ``title``, ``model``, ``domain``, ``fields``
        """
        self.ensure_one()
        mine = [("partner_id", "=", self.id)]
        copied = [*self._get_privacy_fields(), "id_number_masked"]
        sources = [
            ("res.partner", [("id", "child_of", self.id)], copied),
            (
                "dealer.vehicle.party",
                mine,
                ["vehicle_id", "vin_sn", "role", "date_from", "date_to", "price"],
            ),
            (
                "crm.lead",
                mine,
                "name contact_name phone email_from create_date".split(),
            ),
            (
                "dealer.contact",
                mine,
                "date channel direction purpose outcome content feedback"
                " need_change next_step talking_points visitor_name visitor_phone"
                " visitor_address consent_answer consent_date".split(),
            ),
            ("dealer.consent", mine, CONSENT_FIELDS),
            ("sale.order", mine, ["name", "date_order", "state", "amount_total"]),
            ("account.move", mine, ["name", "invoice_date", "state", "amount_total"]),
        ]
        if "dealer.customer.note" in self.env:
            sources.append(("dealer.customer.note", mine, None))
        return [
            {"model": model, "domain": domain, "fields": names}
            for model, domain, names in sources
        ]

    def _get_privacy_records(self):
        """Pairs of the person's records per source and the fields to tell."""
        self.ensure_one()
        for source in self._get_privacy_sources():
            model = self.env[source["model"]].sudo().with_context(active_test=False)
            records = model.search(source["domain"])
            names = source["fields"] or [
                name
                for name, field in model._fields.items()
                if field.store and field.type in ("char", "text", "html", "datetime")
            ]
            yield records, names

    def _prepare_data_copy(self):
        """The person's data as plain values, by the name of the record's model."""
        data = {}
        for records, names in self._get_privacy_records():
            title = self.env["ir.model"]._get(records._name).name
            labels = {
                name: records._fields[name]._description_string(self.env)
                for name in names
            }
            data[title] = [
                {labels[name]: _to_plain(record, name) for name in names}
                for record in records
            ]
        return data

    def _make_data_copy(self, reason):
        """A ZIP with the data for machines (JSON) and for people (HTML).

        :return: bytes
        """
        self.ensure_one()
        self._check_privacy_officer()
        data = self._prepare_data_copy()
        text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", text)
            archive.writestr("data.html", str(_render_copy(self.name, data)))
        self.env["dealer.access.log"]._log("copy", self, reason)
        return buffer.getvalue()


def _to_plain(record, name):
    """One value as text: names of records, labels of selections, dates as ISO."""
    value = record[name]
    field = record._fields[name]
    if isinstance(value, models.BaseModel):
        return ", ".join(value.mapped("display_name"))
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, "")
    if field.type == "datetime" and value:
        return fields.Datetime.to_string(value)
    if field.type in ("integer", "float", "monetary"):
        return value
    return str(value) if value else ""


def _render_copy(name, data):
    """A page that any browser shows and prints."""
    body = Markup("<h1>%s</h1>") % name
    for title, rows in data.items():
        if not rows:
            continue
        head = Markup("").join(Markup("<th>%s</th>") % label for label in rows[0])
        lines = Markup("").join(
            Markup("<tr>%s</tr>")
            % Markup("").join(Markup("<td>%s</td>") % cell for cell in row.values())
            for row in rows
        )
        body += Markup("<h2>%s</h2><table border='1'><tr>%s</tr>%s</table>") % (
            title,
            head,
            lines,
        )
    return (
        Markup("<!DOCTYPE html><html><head><meta charset='utf-8'><title>%s</title>")
        % name
        + Markup("</head><body>%s</body></html>") % body
    )
