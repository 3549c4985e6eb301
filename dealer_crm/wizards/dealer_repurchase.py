# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class DealerRepurchase(models.TransientModel):
    """A customer buys again: a lead with his car, his consultant and his history."""

    _name = "dealer.repurchase"
    _inherit = "dealer.reference.mixin"
    _description = "Replacement or Additional Purchase"

    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Present Car", domain="[('owner_id', '=', partner_id)]"
    )
    purchase_type = fields.Selection(
        [("replace", "Replacement"), ("additional", "Additional Car")],
        "Kind of Purchase",
        required=True,
        default="replace",
    )
    has_trade_in = fields.Boolean("Trade-in wanted")

    @api.model
    def _get_guarded_references(self):
        return ("partner_id", "vehicle_id")

    @api.model
    def _open_for(self, partner, vehicles):
        """:raises UserError: a car without an owner"""
        if not partner:
            raise UserError(self.env._("The car has no owner to sell another to."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Next Purchase"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": partner.id,
                "default_vehicle_id": vehicles.id if len(vehicles) == 1 else False,
            },
        }

    def action_make_lead(self):
        """The open lead of this kind, or a new one.

        :raises UserError: another consultant is in talks with the customer
        """
        self.ensure_one()
        leads = self._get_leads()
        leads.check_access("create")
        self.partner_id.check_access("read")
        lead = leads.sudo().search(self._get_same_domain(), limit=1)
        if not lead:
            lead = leads.create(self._prepare_lead_values())
        elif not lead.sudo(False).has_access("read"):
            raise UserError(
                self.env._(
                    "%(consultant)s is already in talks with %(customer)s about the "
                    "next car.",
                    consultant=lead.user_id.name or self.env._("The sales department"),
                    customer=self.partner_id.display_name,
                )
            )
        return self._open_lead(lead)

    @api.model
    def _get_leads(self):
        """Hook: the leads with the rights that a new one is made with."""
        return self.env["crm.lead"]

    def _open_lead(self, lead):
        """Hook: what follows the button."""
        return lead.sudo(False).get_formview_action()

    def _get_same_domain(self):
        return (
            Domain("partner_id", "=", self.partner_id.id)
            & Domain("purchase_type", "=", self.purchase_type)
            & Domain("vehicle_id", "=", self.vehicle_id.id)
            & Domain("won_status", "=", "pending")
            & Domain("company_id", "in", [self.env.company.id, False])
        )

    def _prepare_lead_values(self):
        """Whose customer it is stays his, if he still works here."""
        customer, car = self.partner_id.sudo(), self.vehicle_id.sudo()
        known = customer.user_id or car.sales_user_id
        company = self.env.company
        if not known.active or company not in known.company_ids:
            known = self.env.user
        source = self.env.ref("dealer_crm.source_repurchase", raise_if_not_found=False)
        labels = dict(self._fields["purchase_type"]._description_selection(self.env))
        return {
            "name": f"{labels[self.purchase_type]}: {customer.name}",
            "type": "opportunity",
            "partner_id": customer.id,
            "vehicle_id": car.id,
            "purchase_type": self.purchase_type,
            "has_trade_in": self.has_trade_in,
            "source_id": source.id if source else False,
            "user_id": known.id,
            "company_id": company.id,
        }
