# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: Why people come or call; only the first group counts as a batch (批次).
COUNTED_PURPOSES = ("look", "consult", "buy", "inquiry")
REGISTER_PURPOSES = (*COUNTED_PURPOSES, "service", "delivery", "other")
REGISTER_CHANNELS = ("visit", "phone")


class DealerContact(models.Model):
    """The visit and the call register: incoming rows of the contact ledger.

    One line per party (seed 004: 来访客流量登记表, 来电登记表). A visit waits, is
    served and leaves; what is logged about a follow-up is no line of the register.
    """

    _name = "dealer.contact"
    _inherit = ["dealer.contact", "dealer.channel.mixin"]

    is_register = fields.Boolean(
        "In a Register", compute="_compute_is_register", store=True, precompute=True
    )
    is_counted = fields.Boolean(
        "Counted",
        compute="_compute_is_register",
        store=True,
        precompute=True,
        help="Came or called to look, to be advised or to buy: counts as one batch, "
        "however many people came.",
    )
    party_size = fields.Integer("Party", default=1, help="How many people came.")
    is_repeat = fields.Boolean("Again", help="Was here or called before.")
    date_served = fields.Datetime("Served since", help="When the consultant took over.")
    date_left = fields.Datetime("Left at")
    is_left_unnoted = fields.Boolean(
        "Time not noted", readonly=True, help="Nobody noted when the visitor left."
    )
    visit_state = fields.Selection(
        [("waiting", "Is waiting"), ("served", "Served"), ("left", "Has left")],
        compute="_compute_visit_state",
        store=True,
        precompute=True,
    )
    visit_result = fields.Selection(
        [
            ("interested", "Interested"),
            ("quoted", "Quoted"),
            ("ordered", "Ordered"),
            ("left", "Left without Interest"),
        ],
        "Result",
    )
    is_first = fields.Boolean(
        "Came first", compute="_compute_is_first", help="Counts, and is no repeat."
    )
    visitor_address = fields.Char("Visitor's Address")
    source_id = fields.Many2one(
        "utm.source", index="btree_not_null", ondelete="restrict"
    )
    is_read_back = fields.Boolean(
        "Read back",
        help="Name and phone were repeated to the visitor, who confirmed them.",
    )
    has_left_data = fields.Boolean(
        "Data left",
        compute="_compute_has_left_data",
        store=True,
        precompute=True,
        help="Name and phone are known.",
    )
    consent_answer = fields.Selection(
        [("given", "Agrees"), ("refused", "Declined"), ("not_asked", "Not asked")],
        "Consent to Offers",
        default="not_asked",
        help="Whether the person agreed to be contacted with offers.",
    )

    _register_idx = models.Index("(company_id, channel, date DESC) WHERE is_register")
    _visit_open_idx = models.Index(
        "(company_id, user_id) WHERE visit_state IN ('waiting', 'served')"
    )
    _party_size_check = models.Constraint(
        "CHECK (party_size IS NULL OR party_size BETWEEN 1 AND 99)",
        "Party: between 1 and 99 people.",
    )

    @api.depends("channel", "direction", "purpose")
    def _compute_is_register(self):
        for contact in self:
            contact.is_register = (
                contact.direction == "in"
                and contact.channel in REGISTER_CHANNELS
                and contact.purpose in REGISTER_PURPOSES
            )
            contact.is_counted = (
                contact.is_register and contact.purpose in COUNTED_PURPOSES
            )

    @api.depends(
        "is_register", "channel", "date_served", "date_left", "is_left_unnoted"
    )
    def _compute_visit_state(self):
        """A visit told afterwards, as a follow-up, is over."""
        for contact in self:
            if contact.channel != "visit" or contact.direction != "in":
                contact.visit_state = False
            elif (
                contact.date_left or contact.is_left_unnoted or not contact.is_register
            ):
                contact.visit_state = "left"
            else:
                contact.visit_state = "served" if contact.date_served else "waiting"

    @api.depends("is_counted", "is_repeat")
    def _compute_is_first(self):
        for contact in self:
            contact.is_first = contact.is_counted and not contact.is_repeat

    @api.depends("visitor_name", "visitor_phone", "partner_id", "lead_id")
    def _compute_has_left_data(self):
        """As known on the day: later changes of the file do not change the count."""
        for contact in self:
            known = contact.partner_id.phone or contact.lead_id.phone
            person = contact.partner_id or contact.lead_id
            contact.has_left_data = bool(
                (contact.visitor_name or person) and (contact.visitor_phone or known)
            )
