# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class CrmLead(models.Model):
    """How fast an enquiry is answered, in the working hours of the branch.

    The clock starts with the lead and stops with the first attempt to reach the
    customer; all stamps come from the contact ledger.
    """

    _inherit = "crm.lead"

    response_due_at = fields.Datetime(
        "First Contact until",
        readonly=True,
        copy=False,
        help="Until then somebody has to try to reach the customer; counted in "
        "working hours from the target of the source.",
    )
    is_after_hours = fields.Boolean(
        "Came after Hours",
        readonly=True,
        copy=False,
        help="The enquiry came while the branch was closed.",
    )
    first_attempt_at = fields.Datetime("First Attempt", readonly=True, copy=False)
    first_reached_at = fields.Datetime("First Reached", readonly=True, copy=False)
    first_two_way_at = fields.Datetime(
        "First Exchange",
        readonly=True,
        copy=False,
        help="First time both sides spoke or wrote: reached, or an answer came in.",
    )
    response_hours = fields.Float(
        "Answered after (working hours)",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours from the enquiry to the first attempt.",
    )
