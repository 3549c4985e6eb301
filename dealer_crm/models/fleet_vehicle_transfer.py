# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class FleetVehicle(models.Model):
    """The car goes to another owner, and back again if that was a mistake."""

    _inherit = "fleet.vehicle"

    def action_open_transfer(self):
        """Ask who owns the car from now on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Owner"),
            "res_model": "dealer.vehicle.transfer",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_vehicle_id": self.id,
                "default_old_owner_id": self.owner_id.id,
            },
        }

    def _transfer_ownership(self, partner, day, price=0.0, source=False):
        """End the present ownership and begin the next on the same day.

        Two people at once: one transfers, the other is told.

        :raises UserError: for the present owner, a day in the future or before the
            present ownership began
        """
        self.ensure_one()
        self._lock_for_transfer()
        self._check_transfer(partner, day)
        self.write(
            {
                "owner_id": partner.id,
                "purchase_date": day,
                "purchase_price": price,
                "trade_state": "customer",
            }
        )
        line = self._get_open_ownerships()
        line.sudo().write({"source": source})
        self._end_other_roles(day)

    def _take_into_stock(self):
        """The car was taken in payment: no owner, no other person on it from today."""
        self.ensure_one()
        self._lock_for_transfer()
        today = (self.company_id or self.env.company)._get_dealer_today()
        self._end_other_roles(today)
        self.write(
            {
                "owner_id": False,
                "trade_state": "in_stock",
                "origin": "trade_in",
                "arrival_date": today,
            }
        )

    def _end_other_roles(self, day):
        """Who drove, brought or paid for the former owner goes with him."""
        others = self.sudo().party_ids.filtered(
            lambda p: p.role != "owner" and not p.date_to
        )
        for party in others:
            party.date_to = max(day, party.date_from or day)

    def _lock_for_transfer(self):
        self._lock_card(
            self.env._(
                "The owner of %(car)s is being changed by somebody else.",
                car=self.display_name,
            )
        )

    def _check_transfer(self, partner, day):
        if partner == self.owner_id:
            raise UserError(
                self.env._(
                    "New owner: %(name)s owns the car already.",
                    name=partner.display_name,
                )
            )
        company = self.company_id or self.env.company
        if day > company._get_dealer_today():
            raise UserError(self.env._("Since: the day lies in the future."))
        start = self._get_open_ownerships().date_from
        if start and day < start:
            raise UserError(
                self.env._(
                    "Since: the present owner has the car since %(date)s only.",
                    date=format_date(self.env, start),
                )
            )

    def action_undo_transfer(self):
        """The last change of owner was a mistake: the former owner has the car.

        :raises AccessError: for others than managers
        :raises UserError: when there is no former owner to go back to
        """
        self.ensure_one()
        self._lock_for_transfer()
        if not any(
            self.env.user.has_group(g) for g in self._get_transfer_undo_groups()
        ):
            raise AccessError(
                self.env._("Only a manager takes a change of owner back.")
            )
        present = self._get_open_ownerships()
        former = self._get_former_ownership(present)
        if not former:
            raise UserError(self.env._("There is no change of owner to take back."))
        name = present.partner_id.display_name
        self._reopen_other_roles(present.date_from)
        lines = (present | former).with_context(dealer_owner_from_vehicle=True)
        (lines - former).unlink()
        (lines & former).write({"date_to": False})
        lines.flush_model()
        self.invalidate_recordset(["party_ids"])
        self._update_owner_from_parties()
        self._message_log(
            body=self.env._("Change of owner to %(name)s taken back.", name=name)
        )
        return True

    def _reopen_other_roles(self, day):
        """Who went with the former owner on that day is back."""
        gone = self.sudo().party_ids.filtered(
            lambda p: p.role != "owner" and day and p.date_to == day
        )
        gone.date_to = False

    def _get_transfer_undo_groups(self):
        """XML ids of the groups that may take a change of owner back."""
        return ["dealer_crm.group_sales_manager"]

    def _get_former_ownership(self, present):
        """The owner line that ended on the day the present one began."""
        ended = self.sudo().party_ids.filtered(
            lambda p: p.role == "owner" and p.date_to and present
        )
        last = ended.sorted(lambda p: (p.date_to, p.id))[-1:]
        begun = present.date_from or fields.Date.context_today(self)
        return last.filtered(lambda p: p.date_to >= begun)
