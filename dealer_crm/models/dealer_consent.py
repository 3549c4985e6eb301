# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

SYSTEM_SOURCES = frozenset({"blacklist", "merge"})


class DealerConsent(models.Model):
    """What a person allowed or withdrew, per channel and purpose, with date and source.

    A change of mind is a new line: the newest one per channel and purpose counts.
    Lines are never changed and never deleted; core's blacklists follow them.
    """

    _name = "dealer.consent"
    _description = "Consent"
    _order = "date desc, id desc"
    _rec_name = "channel"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade"
    )
    channel = fields.Selection(
        [
            ("call", "Call"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("wechat", "WeChat"),
            ("post", "Letter"),
            ("any", "In general"),
        ],
        required=True,
    )
    purpose = fields.Selection(
        [
            ("marketing", "Advertising"),
            ("care", "Customer Care"),
            ("service", "Service Notices"),
            ("group", "Known to all Branches"),
        ],
        "Consent Purpose",
        required=True,
        default="marketing",
    )
    state = fields.Selection(
        [("given", "Given"), ("withdrawn", "Withdrawn")], required=True
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    source = fields.Selection(
        [
            ("paper", "Signed form"),
            ("call", "On the phone"),
            ("visit", "At the dealership"),
            ("online", "Online"),
            ("blacklist", "Blacklist"),
            ("merge", "Merged"),
        ],
        required=True,
        default="call",
    )
    note = fields.Char("Remark")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Only for the Car",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: the answer holds for everything. Else it says no, or takes a no "
        "back, for what is about this car only.",
    )
    user_id = fields.Many2one(
        "res.users", "Noted by", default=lambda self: self.env.user, readonly=True
    )
    is_current = fields.Boolean("Counts now", readonly=True)

    _partner_idx = models.Index("(partner_id, channel, purpose, date DESC)")
    _current_uniq = models.UniqueIndex(
        "(partner_id, channel, purpose, COALESCE(vehicle_id, 0)) WHERE is_current",
        "Only one line per channel, purpose and car counts.",
    )
    _withdrawn_idx = models.Index(
        "(channel, purpose, partner_id) WHERE is_current AND state = 'withdrawn'"
    )

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        for consent in self:
            if consent.date > now:
                raise ValidationError(
                    self.env._("Date: a consent cannot be given in the future.")
                )

    @api.constrains("channel", "purpose")
    def _check_channel(self):
        """Each channel has its own answer, or a withdrawal would be no withdrawal.

        A merge takes over what older files say, whatever it is.
        """
        for consent in self.filtered(lambda line: line.source != "merge"):
            if consent.channel == "any" and consent.purpose != "group":
                raise ValidationError(
                    self.env._(
                        'Channel: "In general" answers only whether all branches may '
                        "know the customer. Choose one line per channel."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "is_current": False} for vals in vals_list]
        consents = super().create(vals_list)
        consents._check_source()
        consents._update_current()
        if not (self.env.su and self.env.context.get("dealer_consent_from_blacklist")):
            consents._update_blacklists()
        consents.partner_id._after_consent_change()
        return consents

    def _check_source(self):
        """:raises AccessError: a line in the name of somebody else, or of the system"""
        if self.env.su:
            return
        for consent in self:
            if consent.user_id != self.env.user or consent.source in SYSTEM_SOURCES:
                raise AccessError(
                    self.env._("A consent is noted in one's own name, with its source.")
                )

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._("A consent is history: note the change as a new line.")
            )
        return super().write(vals)

    def _get_key(self):
        """What the answer is about; of each the newest line of a person counts."""
        return self.channel, self.purpose, self.vehicle_id

    def _update_current(self):
        """The newest line per person, channel, purpose and car counts."""
        keys = {(c.partner_id.id, *c._get_key()) for c in self}
        lines = self.sudo().search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("channel", "in", list(set(self.mapped("channel")))),
                ("purpose", "in", list(set(self.mapped("purpose")))),
            ]
        )
        newest = {}
        for line in lines:
            newest.setdefault((line.partner_id.id, *line._get_key()), line)
        current = lines.browse().union(*(newest[key] for key in keys))
        old = lines.filtered(
            lambda c: (c.partner_id.id, *c._get_key()) in keys and c.is_current
        )
        (old - current).is_current = False
        (old - current).flush_recordset(["is_current"])
        (current - old).is_current = True
        self.env.flush_all()

    def _update_blacklists(self):
        """Core's own mailings ask its blacklists: keep them in step."""
        lines = self.sudo().filtered(lambda c: c.is_current and not c.vehicle_id)
        for line in lines.filtered(lambda c: c.purpose == "marketing"):
            partner = line.partner_id
            if line.channel == "email" and partner.email_normalized:
                self._put_on_list("mail.blacklist", partner.email_normalized, line)
            elif line.channel in ("sms", "call") and partner.phone_sanitized:
                self._put_on_list("phone.blacklist", [partner.phone_sanitized], line)

    def _put_on_list(self, model, value, line):
        blacklist = (
            self.env[model].sudo().with_context(dealer_blacklist_from_consent=True)
        )
        if line.state == "withdrawn":
            blacklist._add(value)
            return
        channels = ("email",) if line.channel == "email" else ("sms", "call")
        if not line.partner_id._has_withdrawn(channels, "marketing"):
            blacklist._remove(value)

    @api.model
    def _get_refused_cars_domain(self, channel, purpose, field="vehicle_id"):
        """Records about a car of which its present owner wants to hear nothing.

        :param field: of the record, leading to the car
        """
        refused = SQL(
            "(SELECT a.vehicle_id FROM dealer_consent a"
            " JOIN fleet_vehicle v ON v.id = a.vehicle_id AND v.owner_id = a.partner_id"
            " WHERE a.channel = %s AND a.purpose = %s AND a.is_current"
            " AND a.state = 'withdrawn')",
            channel,
            purpose,
        )
        return Domain(field, "in", refused)

    @api.model
    def _get_withdrawn_domain(self, channels, purpose):
        """Lines that say no, and still count; those for one car are not among them."""
        return (
            Domain("vehicle_id", "=", False)
            & Domain("channel", "in", list(channels))
            & Domain("purpose", "=", purpose)
            & Domain("is_current", "=", True)
            & Domain("state", "=", "withdrawn")
        )
