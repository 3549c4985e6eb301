# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.service_state import CLOSED


class RepairOrder(models.Model):
    """A free service of a contract on this order (SVC-10).

    The lines it covers are paid internally: the customer's sum is without them, the
    order's sum stays right. Taken back, or with the order cancelled, the contract
    has the service again.
    """

    _inherit = "repair.order"

    contract_id = fields.Many2one(
        "dealer.service.contract",
        "Free Service of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            vals.pop("contract_id", None)
            if "default_contract_id" in self.env.context:
                vals["contract_id"] = False
        return super().create(vals_list)

    def write(self, vals):
        if "contract_id" in vals and not self.env.su:
            vals = {name: vals[name] for name in vals if name != "contract_id"}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_contract_uses(self):
        self.filtered("contract_id")._release_contract()

    def _get_contract_offers(self):
        """Packs of free services that cover this visit."""
        self.ensure_one()
        contracts = self.env["dealer.service.contract"]
        contracts = contracts._get_running(self.vehicle_id, "services")
        if not contracts:
            return contracts
        day, km = self._get_term_facts()
        km = km or int(self.vehicle_id.odometer_total)
        return contracts.filtered(lambda c: c._is_running(day, km))

    def action_use_contract(self):
        """Take a free service of the contract named by ``hint_id`` in the context.

        :raises AccessError: for who has no business with the customer's money
        :raises UserError: when none is left or the order is closed
        """
        self.ensure_one()
        self._check_may_charge()
        if self.contract_id or self.service_state in CLOSED:
            raise UserError(
                self.env._("The order is closed or has a free service already.")
            )
        offers = self._get_contract_offers()
        wanted = self.env.context.get("hint_id")
        contract = offers.filtered(lambda c: not wanted or c.id == wanted)[:1]
        if not contract:
            raise UserError(self.env._("No free service is left for this order."))
        contract._take(self)
        self.sudo().contract_id = contract
        self._cover_lines()
        return True

    def _cover_lines(self):
        """Covered work is paid internally; what the contract names is added."""
        contract = self.contract_id
        covered = self.labor_ids.filtered(
            lambda line: contract._covers_operation(line.product_id)
        )
        missing = contract.type_id.operation_ids - covered.product_id
        for product in missing if not covered else ():
            covered |= self._add_labor(product=product, payer="internal")
        # what others pay stays theirs
        covered.filtered(lambda line: line.payer == "customer").payer = "internal"

    def _propose_payer(self, line):
        payer = super()._propose_payer(line)
        contract = self.sudo().contract_id
        if (
            contract
            and line._name == "dealer.repair.labor"
            and line.kind == "labor"
            and contract._covers_operation(line.product_id)
        ):
            return "internal"
        return payer

    def action_release_contract(self):
        """The free service was a mistake: the contract has it again.

        :raises UserError: on a delivered order
        """
        self._check_may_charge()
        if self.filtered("date_delivered"):
            raise UserError(self.env._("The order is delivered: undo this first."))
        self._release_contract()
        return True

    def _release_contract(self):
        """Give the services back; what they covered is paid as without them."""
        repairs = self.filtered("contract_id")
        for repair in repairs:
            contract = repair.sudo().contract_id
            lines = repair.sudo().labor_ids.filtered(
                lambda line, c=contract: line.payer == "internal"
                and c._covers_operation(line.product_id)
            )
            repair.sudo().contract_id = False
            for line in lines:
                line.payer = line.repair_id._get_line_payer(line)
        uses = self.env["dealer.service.contract.use"].sudo()
        uses.search([("repair_id", "in", repairs.ids)]).unlink()

    def _after_state(self, source, target):
        result = super()._after_state(source, target)
        if target == "cancelled":
            self._release_contract()
        return result

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        closed = self.service_state in CLOSED
        if not self.vehicle_id or closed or self.contract_id:
            return hints
        return hints + [
            self._hint(
                "contract",
                self._get_contract_text(contract),
                "success",
                contract,
                "action_use_contract",
                self.env._("Free Service"),
            )
            for contract in self._get_contract_offers()
        ]

    def _get_contract_text(self, contract):
        values = {
            "name": contract.type_id.name,
            "left": contract.service_left,
            "total": contract.service_total,
        }
        if not contract.date_end:
            return self.env._("%(name)s: %(left)s of %(total)s left", **values)
        values["date"] = format_date(self.env, contract.date_end)
        return self.env._(
            "%(name)s: %(left)s of %(total)s left, until %(date)s", **values
        )

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        text = self.env._("Free Service")
        for repair in self.filtered("contract_id"):
            flags[repair.id].append(("contract", text, "success"))
        return flags
