# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

#: More records than this behind one typed number are no answer.
FOUND_LIMIT = 1000


class DealerSearchMixin(models.AbstractModel):
    """A list with one search field that takes whatever staff was told.

    The model says in ``_get_dealer_domain(text)`` which of its records a text may
    mean. Only the dealership's staff searches so.
    """

    _name = "dealer.search.mixin"
    _description = "Search as at the Reception"

    dealer_search = fields.Char(
        "Name, phone, plate, VIN",
        compute="_compute_dealer_search",
        search="_search_dealer_search",
        groups="dealer_crm.group_dealer_user",
    )

    def _compute_dealer_search(self):
        self.dealer_search = False

    @api.model
    def _search_dealer_search(self, operator, value):
        """Records that the typed text may mean.

        :raises AccessError: users without a role in the dealership
        """
        return self.env["dealer.reception"]._get_typed_domain(self, operator, value)

    @api.model
    def _settle_few(self, domain):
        """The ids that the domain finds, if they are few; else the domain itself.

        In the list an order and a limit come on top: the planner might then walk
        through all names instead of asking the indexes of the number.
        """
        found = self._search(
            domain, limit=FOUND_LIMIT + 1, active_test=False, bypass_access=True
        )
        ids = found.get_result_ids()
        return Domain("id", "in", ids) if len(ids) <= FOUND_LIMIT else domain
