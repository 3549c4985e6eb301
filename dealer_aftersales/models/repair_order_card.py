# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain


class RepairOrder(models.Model):
    """The first maintenance of a car we sold hands the negotiation card to service."""

    _inherit = "repair.order"

    def _after_state(self, source, target):
        result = super()._after_state(source, target)
        if target == "delivered":
            self._hand_over_cards()
        elif source == "delivered":
            self._take_back_cards()
        return result

    def _hand_over_cards(self):
        """Make one pending handover per car, in constant queries.

        Not for cars that were never sold here, nor for a second maintenance.
        """
        orders = self.sudo().filtered(
            lambda r: r.service_kind == "maintenance" and r.date_delivered
        )
        orders = orders._get_first_maintenances() if orders else orders
        if not orders:
            return
        leads = orders._get_card_leads()
        values = [
            order._prepare_card_handover(leads.get(order.vehicle_id.id))
            for order in orders
            if order.vehicle_id.sales_user_id or leads.get(order.vehicle_id.id)
        ]
        handovers = self.env["dealer.card.handover"].sudo().create(values)
        handovers._remind_receiver()
        if handovers.filtered("lead_id"):
            self.env.ref("dealer_aftersales.ir_cron_attach_cards").sudo()._trigger()

    def _get_first_maintenances(self):
        """Of these the first maintenance of each car whose card is not handed over."""
        cars = self.vehicle_id
        done = (
            self.env["dealer.card.handover"]
            .sudo()
            .search([("vehicle_id", "in", cars.ids)])
        )
        rows = self._read_group(
            [
                ("vehicle_id", "in", (cars - done.vehicle_id).ids),
                ("service_kind", "=", "maintenance"),
                ("state", "=", "done"),
                ("date_delivered", "!=", False),
            ],
            ["vehicle_id"],
            ["date_delivered:min"],
        )
        first = {vehicle.id: moment for vehicle, moment in rows}
        found = self.browse()
        for order in self.sorted("id"):
            is_first = first.get(order.vehicle_id.id) == order.date_delivered
            if is_first and order.vehicle_id not in found.vehicle_id:
                found |= order
        return found

    def _get_card_leads(self):
        """The sale of each car: by its contract, else the customer's last won lead.

        :return: dict vehicle id → crm.lead
        """
        cars = self.vehicle_id
        leads = {
            party.vehicle_id.id: party.sale_order_id.opportunity_id
            for party in cars.party_ids.sorted(lambda p: str(p.date_from or ""))
            if party.sale_order_id.opportunity_id
            and party.role == "owner"
            and party.partner_id == party.vehicle_id.owner_id
        }
        won = (
            self.env["crm.lead"]
            .sudo()
            .with_context(active_test=False)
            .search(
                Domain("partner_id", "in", cars.owner_id.ids)
                & Domain("won_status", "=", "won"),
                order="date_closed, id",
            )
        )
        last = {lead.partner_id: lead for lead in won}
        for car in cars:
            if car.id not in leads and car.owner_id in last:
                leads[car.id] = last[car.owner_id]
        return leads

    def _prepare_card_handover(self, lead):
        car = self.vehicle_id
        receiver = self.advisor_id or car.advisor_id
        return {
            "vehicle_id": car.id,
            "partner_id": car.owner_id.id,
            "repair_id": self.id,
            "lead_id": lead.id if lead else False,
            "from_user_id": (car.sales_user_id or lead.user_id).id,
            "to_user_id": receiver.id,
            "company_id": self.company_id.id,
            "date": self.date_delivered,
        }

    def _take_back_cards(self):
        """The car is still here: a card nobody confirmed is handed over again later."""
        handovers = self.env["dealer.card.handover"].sudo()
        handovers.search(
            [("repair_id", "in", self.ids), ("state", "=", "pending")]
        ).unlink()
