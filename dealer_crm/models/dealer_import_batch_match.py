# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..tools.intake_row import same_text
from ..tools.phone import normalize_cn_phone
from .res_partner_match import same_phone_domain


class DealerImportBatch(models.Model):
    """What is known already: a few queries for a whole batch of rows."""

    _inherit = "dealer.import.batch"

    @api.model
    def _get_part_model(self, part):
        """The model behind a part of a row."""
        return {
            "partner": "res.partner",
            "owner": "res.partner",
            "vehicle": "fleet.vehicle",
            "lead": "crm.lead",
        }[part]

    def _get_part_keys(self, row, part):
        """What tells one record of a part from another: [(field, value)]."""
        names = {
            "partner": ("ref", "phone", "id_number"),
            "owner": (),
            "vehicle": ("vin_sn",)
            if row.get("vehicle", "vin_sn")
            else ("license_plate",),
            "lead": ("phone",),
        }[part]
        values = row.values.get(part, {})
        return [(name, values[name]) for name in names if values.get(name)]

    def _match_rows(self, rows):
        """Find the known records of each row, and what they would be filled with."""
        for row in rows:
            row.matches, row.doubts, row.changes, row.links = {}, set(), {}, {}
        for part in self._get_parts():
            good = [row for row in rows if not row.errors and row.values.get(part)]
            getattr(self, f"_match_{part}")(good)
        self._compare_rows([row for row in rows if not row.errors])

    def _get_known_domain(self, rows):
        """Records of the branches that the rows belong to, and shared ones."""
        branches = {self._get_row_branch(row) for row in rows}
        return Domain("company_id", "in", [*sorted(branches), False])

    def _get_row_branch(self, row):
        """The branch that a row names for any of its parts, or the import's."""
        named = (values.get("company_id") for values in row.values.values())
        return next(filter(None, named), self.company_id.id)

    def _filter_branch(self, row, records):
        branch = self._get_row_branch(row)
        return records.filtered(lambda r: r.company_id.id in (branch, False))

    def _get_partner_index(self, rows, part):
        """{(field, value): partners} for all rows in one query."""
        wanted = defaultdict(set)
        for row in rows:
            for name in ("phone", "ref", "id_number"):
                if row.get(part, name):
                    wanted[name].add(row.get(part, name))
        index = defaultdict(lambda: self.env["res.partner"])
        known = self.env["res.partner"].search(
            self._get_known_domain(rows) & self._get_person_domain(wanted), order="id"
        )
        for partner in known:
            index["ref", partner.ref] |= partner
            index["phone", normalize_cn_phone(partner.phone)] |= partner
        if wanted["id_number"] and known._has_any_group(["group_personal_data"]):
            numbers = Domain("id_number", "in", sorted(wanted["id_number"]))
            holders = self.env["res.partner"].search(
                self._get_known_domain(rows) & numbers, order="id"
            )
            for partner in holders:
                index["id_number", partner.sudo().id_number] |= partner
        return index

    @api.model
    def _get_person_domain(self, wanted):
        """Equal numbers, also those that other apps stored as they were typed."""
        known = Domain("ref", "in", sorted(wanted["ref"]))
        return known | same_phone_domain(*wanted["phone"])

    def _match_partner(self, rows):
        index = self._get_partner_index(rows, "partner")
        for row in rows:
            known = self.env["res.partner"]
            for name in ("ref", "id_number", "phone"):
                value = row.get("partner", name)
                if value:
                    known = self._filter_branch(row, index[name, value])
                if known:
                    break
            if known:
                self._take_partner(row, known, sure=name != "phone")

    def _take_partner(self, row, known, sure):
        """The one with the same name; otherwise the user has to look at it."""
        name = row.get("partner", "name")
        same = known.filtered(lambda p: not name or same_text(p.name, name))
        partner = (same or known)[0]
        row.matches["partner"] = partner.id
        if len(same or known) > 1:
            row.doubts.add("partner")
            row.notes.append(
                self.env._("%(count)s customers have this number.", count=len(known))
            )
        elif not same and not sure:
            row.doubts.add("partner")
            row.notes.append(
                self.env._(
                    "Phone: it is the number of %(name)s.", name=partner.display_name
                )
            )

    def _match_owner(self, rows):
        for row in rows:
            values = row.values["owner"]
            if values.keys() == {"name"}:
                # a column "owner" may hold customer numbers
                values["ref"] = values.pop("name")
        index = self._get_partner_index(rows, "owner")
        for row in rows:
            ref, phone = row.get("owner", "ref"), row.get("owner", "phone")
            known = index["ref", ref] if ref else index["phone", phone]
            known = self._filter_branch(row, known)
            name = row.get("owner", "name")
            if len(known) > 1 and name:
                known = known.filtered(lambda p, n=name: same_text(p.name, n))
            if len(known) == 1:
                row.matches["owner"] = known.id
            elif known:
                row.errors.append(
                    self.env._("Owner: several customers have the number.")
                )
            elif ref or phone:
                row.errors.append(
                    self.env._("Owner: there is no customer with this number.")
                )
            else:
                row.errors.append(
                    self.env._("Owner: a customer number or a phone is needed.")
                )

    def _match_vehicle(self, rows):
        cars = self.env["fleet.vehicle"]
        trade = Domain("trade_state", "!=", False)
        vins = {row.get("vehicle", "vin_sn") for row in rows} - {None}
        plates = {row.get("vehicle", "license_plate") for row in rows} - {None}
        # a VIN is one car's in all branches, so all branches are asked
        known = cars.sudo().search(trade & Domain("vin_sn", "in", sorted(vins)))
        open_ids = set(known.with_env(self.env)._filtered_access("read").ids)
        by_vin = {car.vin_sn: car.id for car in known}
        by_plate = defaultdict(list)
        for car in cars.search(
            trade
            & self._get_known_domain(rows)
            & Domain("license_plate", "in", sorted(plates)),
            order="id",
        ):
            by_plate[car.license_plate].append(car)
        for row in rows:
            self._take_vehicle(row, by_vin, by_plate, open_ids)

    def _take_vehicle(self, row, by_vin, by_plate, open_ids):
        vin = row.get("vehicle", "vin_sn")
        same_plate = by_plate[row.get("vehicle", "license_plate")]
        if vin in by_vin:
            if by_vin[vin] in open_ids:
                row.matches["vehicle"] = by_vin[vin]
            else:
                row.errors.append(
                    self.env._(
                        "VIN: %(vin)s belongs to a car of another branch already.",
                        vin=vin,
                    )
                )
            return
        without_vin = [car for car in same_plate if not vin or not car.vin_sn]
        if without_vin:
            row.matches["vehicle"] = without_vin[0].id
            if vin or len(without_vin) > 1:
                row.doubts.add("vehicle")
                row.notes.append(self.env._("A known car has this plate."))
        elif same_plate:
            row.notes.append(self.env._("Another car has the same plate."))

    def _match_lead(self, rows):
        phones = {row.get("lead", "phone") for row in rows} - {None}
        wanted = {"phone": phones, "ref": set()}
        same_phone = self._get_person_domain(wanted)
        is_open = Domain("won_status", "=", "pending") & same_phone_domain(*phones)
        by_phone = {}
        for lead in self.env["crm.lead"].search(
            self._get_known_domain(rows) & is_open, order="id desc"
        ):
            by_phone[normalize_cn_phone(lead.phone)] = lead
        customers = {}
        for partner in self.env["res.partner"].search(
            self._get_known_domain(rows) & same_phone, order="id desc"
        ):
            customers[normalize_cn_phone(partner.phone)] = partner
        for row in rows:
            phone = row.get("lead", "phone")
            self._take_lead(row, by_phone.get(phone), customers.get(phone))

    def _take_lead(self, row, lead, customer):
        if customer:
            row.links["partner_id"] = customer.id
        if lead:
            row.matches["lead"] = lead.id
            row.notes.append(
                self.env._("There is an open lead: %(name)s.", name=lead.display_name)
            )
        elif customer:
            row.doubts.add("lead")
            row.notes.append(
                self.env._("Known customer: %(name)s.", name=customer.display_name)
            )
