# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_date

from ..tools.payer import PAYER_AMOUNTS


class RepairOrder(models.Model):
    """What the settlement sheet says, before and after the settlement."""

    _inherit = "repair.order"

    def _get_settlement_sheet(self):
        """Blocks of the sheet, one per payer that has lines.

        :return: list of dicts ``payer``, ``label``, ``partner``, ``number`` (of the
            sale order), ``rows`` (see :meth:`_get_sheet_row`), ``untaxed``, ``tax``,
            ``total``
        """
        self.ensure_one()
        labels = dict(
            self.env["dealer.repair.labor"]
            ._fields["payer"]
            ._description_selection(self.env)
        )
        orders = {order.repair_payer: order for order in self._get_live_settlements()}
        rows = [self._get_sheet_row(line) for line in self._get_priced_lines()]
        rows += self._get_share_rows()
        blocks = []
        for payer in PAYER_AMOUNTS:
            mine = [row for row in rows if row["payer"] == payer]
            if mine:
                blocks.append(
                    {
                        "payer": payer,
                        "label": labels[payer],
                        "partner": self._get_payer_partner(payer).name or "",
                        "number": orders[payer].name if payer in orders else "",
                        "rows": mine,
                        **self._get_sheet_sums(mine, orders.get(payer)),
                    }
                )
        return blocks

    def _get_sheet_row(self, line):
        is_part = line._name == "stock.move"
        origin = ""
        if is_part and line.part_origin:
            field = line._fields["part_origin"]
            origin = dict(field._description_selection(self.env))[line.part_origin]
        amount = line._get_billed_amount()
        is_billed = line.payer != "internal"
        return {
            "kind": "part" if is_part else line.kind,
            "name": line.product_id.display_name if is_part else line.name,
            "origin": origin,
            "technician": "" if is_part else line.technician_id.sudo().name or "",
            "quantity": line._get_repair_quantity() if is_part else line.hours,
            "price": line.repair_price if is_part else line.price_unit,
            "amount": amount,
            "taxed": self._get_taxed_amount(line) if is_billed else amount,
            "payer": line.payer or "customer",
        }

    def _get_share_rows(self):
        """The customer's share of an accident: less here, more there."""
        return [
            {
                "kind": "fee",
                "name": values["name"],
                "origin": "",
                "technician": "",
                "quantity": 1,
                "price": values["price_unit"],
                "amount": values["amount"],
                "taxed": values["amount_taxed"],
                "payer": values["payer"],
            }
            for values in self._prepare_estimate_share(0)
        ]

    def _get_sheet_sums(self, rows, order):
        """Of the sale order once there is one: that is what is invoiced."""
        if order:
            return {
                "untaxed": order.amount_untaxed,
                "tax": order.amount_tax,
                "total": order.amount_total,
            }
        untaxed = sum(row["amount"] for row in rows)
        total = sum(row["taxed"] for row in rows)
        return {"untaxed": untaxed, "tax": total - untaxed, "total": total}

    def _get_settlement_notes(self):
        """When the car is expected again."""
        notes = super()._get_settlement_notes()
        vehicle = self.vehicle_id.sudo()
        if not vehicle.next_service_date:
            return notes
        day = format_date(self.env, vehicle.next_service_date)
        if not vehicle.next_service_odometer:
            return [*notes, self.env._("Next service: %(day)s.", day=day)]
        return [
            *notes,
            self.env._(
                "Next service: %(day)s or at %(km)s km, whichever comes first.",
                day=day,
                km=f"{vehicle.next_service_odometer:,}",
            ),
        ]
