# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

#: Due services and the watch are counted for each car, used or not.
COUNTED = frozenset({"dealer_maintenance_due", "dealer_sanbao_watch"})


class DealerImportBatch(models.Model):
    """What is counted for an imported car does not hold it back from going again."""

    _inherit = "dealer.import.batch"

    @api.model
    def _get_no_use_tables(self):
        return super()._get_no_use_tables() | COUNTED
