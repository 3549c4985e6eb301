# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerServiceContract(models.Model):
    """An extended warranty or a pack of free services on one car."""

    _name = "dealer.service.contract"
    _description = "Service Contract"
    _inherit = ["mail.thread"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char("Contract No.", required=True, index="trigram", tracking=True)
    type_id = fields.Many2one(
        "dealer.service.contract.type", required=True, ondelete="restrict"
    )
    kind = fields.Selection(related="type_id.kind")
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, default=lambda self: self.env.company
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, check_company=True, tracking=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Holder", index="btree_not_null", check_company=True
    )
    date_start = fields.Date("Begins on", required=True)
    date_end = fields.Date("Ends on", tracking=True)
    odometer_end = fields.Integer("Ends at (km)", tracking=True)
    service_total = fields.Integer("Services", tracking=True)
    use_ids = fields.One2many("dealer.service.contract.use", "contract_id", "Use")


class DealerServiceContractUse(models.Model):
    """One free service taken on one repair order."""

    _name = "dealer.service.contract.use"
    _description = "Use of a Service Contract"
    _order = "date desc, id desc"

    contract_id = fields.Many2one(
        "dealer.service.contract", required=True, index=True, ondelete="cascade"
    )
    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)

    _repair_uniq = models.UniqueIndex(
        "(contract_id, repair_id)", "The order has taken a service of this contract."
    )
