# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class DealerServiceContractUse(models.Model):
    """One free service taken on one repair order."""

    _name = "dealer.service.contract.use"
    _description = "Use of a Service Contract"
    _order = "date desc, id desc"
    _rec_name = "repair_id"

    contract_id = fields.Many2one(
        "dealer.service.contract", required=True, index=True, ondelete="cascade"
    )
    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    odometer = fields.Integer("Odometer (km)")

    _repair_uniq = models.UniqueIndex(
        "(contract_id, repair_id)", "The order has taken a service of this contract."
    )

    def unlink(self):
        contracts = self.contract_id
        result = super().unlink()
        contracts.exists()._update_state()
        return result


class DealerServiceContract(models.Model):
    """Taking a free service, and giving it back."""

    _inherit = "dealer.service.contract"

    def _take(self, repair):
        """Use one service on ``repair``.

        Two orders at once: the row is locked, who comes second sees what is left.

        :raises UserError: when the contract does not cover the order any more
        """
        self.ensure_one()
        contract = self.sudo()
        contract.flush_recordset()
        self.env.execute_query(
            SQL(
                "SELECT id FROM dealer_service_contract WHERE id = %s FOR UPDATE",
                self.id,
            )
        )
        day, km = repair._get_term_facts()
        if contract.vehicle_id != repair.vehicle_id or not contract._is_running(
            day, km
        ):
            raise UserError(
                self.env._(
                    "%(contract)s: no free service is left for this order.",
                    contract=self.display_name,
                )
            )
        use = contract.use_ids.create(
            {
                "contract_id": self.id,
                "repair_id": repair.id,
                "date": day,
                "odometer": km or 0,
            }
        )
        contract._update_state()
        return use

    @api.model
    def _get_running(self, vehicles, kind=None):
        """Contracts of ``vehicles`` that are active, the first to end first."""
        domain = [("vehicle_id", "in", vehicles.ids), ("state", "=", "active")]
        if kind:
            domain.append(("kind", "=", kind))
        return self.sudo().search(domain, order="date_end, id")
