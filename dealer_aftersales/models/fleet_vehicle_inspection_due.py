# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

#: Days before the end at which the desk speaks of it.
REMIND_DAYS = 60


class FleetVehicle(models.Model):
    """The periodic technical inspection: its day is entered by hand or imported.

    How often a car is inspected depends on its age, use and the rules of the day, so
    nothing is computed (domain.md 10).
    """

    _inherit = "fleet.vehicle"

    inspection_due_date = fields.Date(
        "Periodic Inspection due",
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Last day of the present inspection mark, as the registration book says.",
    )

    def _get_desk_facts(self):
        facts = super()._get_desk_facts()
        day = self.inspection_due_date
        company = self.company_id or self.env.company
        if day and day <= company._get_dealer_today() + timedelta(days=REMIND_DAYS):
            facts.append(
                [self.env._("Periodic inspection"), format_date(self.env, day)]
            )
        return facts
