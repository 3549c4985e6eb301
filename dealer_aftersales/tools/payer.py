# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who pays a line of a repair order."""

# Payers, as selection; the names are part of sale orders and prints.
PAYERS = [
    ("customer", "Customer"),
    ("warranty", "Warranty"),
    ("insurance", "Insurance"),
    ("internal", "Internal"),
]
# Proposed by the kind of the visit; all other kinds are paid by the customer.
PAYER_BY_KIND = {
    "warranty": "warranty",
    "accident": "insurance",
    "comeback": "internal",
}
# Fields of an order with the sum per payer.
PAYER_AMOUNTS = {payer: f"amount_{payer}" for payer, _label in PAYERS}


def get_usual_payer(service_kind):
    """Who usually pays for a visit of this kind."""
    return PAYER_BY_KIND.get(service_kind, "customer")
