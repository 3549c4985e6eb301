# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerConsent(models.Model):
    """What a person allowed or withdrew, per channel and purpose, with date and source.

    A change of mind is a new line: the newest one per channel and purpose counts.
    """

    _name = "dealer.consent"
    _description = "Consent"
    _order = "date desc, id desc"
    _rec_name = "channel"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", index=True
    )
    channel = fields.Selection(
        [
            ("call", "Call"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("wechat", "WeChat"),
            ("post", "Letter"),
        ],
        required=True,
    )
    purpose = fields.Selection(
        [
            ("marketing", "Advertising"),
            ("care", "Customer Care"),
            ("service", "Service Notices"),
        ],
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
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users", "Noted by", default=lambda self: self.env.user, readonly=True
    )
