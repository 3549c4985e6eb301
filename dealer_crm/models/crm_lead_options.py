# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CrmLead(models.Model):
    """The options the customer asks for, and the price of the car with them."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "dealer.option.mixin"]
    _option_model_field = "vehicle_model_id"
