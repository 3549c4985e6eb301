# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.payer import PAYER_AMOUNTS, get_usual_payer


class RepairOrder(models.Model):
    """Where the parts of the workshop join an order.

    Loaded before all other parts, so that each of them may extend a hook with super.
    """

    _inherit = "repair.order"

    def _get_state_blocks(self, target):
        """Why this order may not enter a state now.

        Asked for each state on the way; never for history.

        :param target: the service state that would be entered
        :return: list of translated texts, empty where nothing stands against it
        """
        self.ensure_one()
        return []

    def _after_state(self, source, target):
        """What follows from a transition.

        ``self`` are orders that all went from ``source`` to ``target``; they may
        have passed states between.
        """

    def _get_board_flags(self):
        """Short warnings on the cards of the board.

        Asked for all cards at once: a constant number of queries.

        :return: dict {order id: list of (code, translated text, level)}, the level
            one of danger, warning, info, success
        """
        return {repair.id: [] for repair in self}

    def _get_order_hints(self):
        """Lines of the panel on the form of this order.

        Only asked when the panel is shown.

        :return: list of dicts ``code, label, text, level`` (danger, warning, info,
            success), ``model, id`` (the record behind it) and ``action``: the name
            of a method of this model that takes ``hint_id`` from the context, or
            False where there is nothing to click; see :meth:`_hint`
        """
        self.ensure_one()
        return []

    def _propose_payer(self, line):
        """Who is to pay a new line: warranty, contracts and guarantees have a say.

        :param line: a ``dealer.repair.labor`` or ``stock.move``, not saved yet
        :return: a key of ``PAYERS``
        """
        self.ensure_one()
        if self.under_warranty:
            return "warranty"
        return get_usual_payer(self.service_kind)

    def _get_payer_sums(self):
        """What each payer owes: {payer: amount before tax}."""
        self.ensure_one()
        sums = dict.fromkeys(PAYER_AMOUNTS, 0.0)
        sums[get_usual_payer(self.service_kind)] += self.amount_parts_history
        for line in self._get_priced_lines():
            sums[line.payer or "customer"] += line._get_billed_amount()
        return sums

    def _prepare_estimate_share(self, number):
        """Values of estimate lines that are no work, as a share of the damage.

        :param number: sequence of the first such line
        """
        return []

    def _on_lines_declined(self, lines):
        """The customer declined these estimate lines; they leave the order next.

        :param lines: ``dealer.repair.estimate.line`` with their order's lines
        """

    def _get_settlement_notes(self):
        """What the customer is told below the settlement, as the guarantee.

        :return: list of translated texts
        """
        self.ensure_one()
        return []
