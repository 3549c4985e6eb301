# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class RepairOrder(models.Model):
    """What else there is to do on this car: one line each, one click to take it."""

    _inherit = "repair.order"

    def _get_order_hints(self):
        """Lines for the panel of this order: hook, extended with super.

        Only asked when the panel is shown.

        :return: list of dicts ``code, label, text, level`` (danger, warning, info,
            success), ``model, id`` (the record behind it) and ``action``: the name
            of a method of this model that takes ``hint_id`` from the context, or
            False where there is nothing to click
        """
        self.ensure_one()
        return []
