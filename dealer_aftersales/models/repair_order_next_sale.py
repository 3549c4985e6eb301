# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class RepairOrder(models.Model):
    """The workshop sees first that a customer will need another car (SVC-27)."""

    _inherit = "repair.order"

    def action_open_repurchase(self):
        """Tell the sales department that the customer thinks of his next car."""
        self.ensure_one()
        return self.vehicle_id.action_open_repurchase()

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        proposals = self.env["dealer.next.sale"]
        if not self.vehicle_id or not proposals.has_access("read"):
            return hints
        return hints + [
            self._hint(
                "next_sale",
                self.env._("Time for the next car? %(why)s", why=proposal.reason),
                record=proposal.vehicle_id,
                action="action_open_repurchase",
                label=self.env._("Make Lead"),
            )
            for proposal in proposals._find_in_person(self.vehicle_id)
        ]


class DealerCallback(models.Model):
    """A customer who is called may think of his next car, too."""

    _inherit = "dealer.callback"

    def action_open_repurchase(self):
        self.ensure_one()
        cars = self.vehicle_id
        return self.env["dealer.repurchase"]._open_for(self.partner_id, cars)


class CrmLead(models.Model):
    """Who in the service gave the hint."""

    _inherit = "crm.lead"

    service_hint_user_id = fields.Many2one(
        "res.users",
        "Hint by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who in the service saw that the customer will need another car.",
    )

    def _merge_get_fields(self):
        return super()._merge_get_fields() + ["service_hint_user_id"]
