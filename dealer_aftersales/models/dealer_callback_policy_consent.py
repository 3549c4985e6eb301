# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: channel of a policy: channel of dealer.consent
CONSENT_CHANNELS = {
    "phone": "call",
    "sms": "sms",
    "email": "email",
    "wechat": "wechat",
    "letter": "post",
}
#: purpose of a policy: purpose of dealer.consent; what is not named is advertising
CONSENT_PURPOSES = {
    "after_service": "service",
    "after_delivery": "service",
    "complaint": "service",
    "reminder": "care",
    "care": "care",
    "survey": "care",
}


class DealerCallbackPolicy(models.Model):
    """Who withdrew a consent, or whose data is only kept, is called no more."""

    _inherit = "dealer.callback.policy"

    def _get_refused_domain(self):
        """Partners whom this policy leaves out."""
        self.ensure_one()
        partners = self.env["res.partner"].sudo()
        return ~partners._get_contactable_domain(
            CONSENT_CHANNELS.get(self.channel, "visit"),
            CONSENT_PURPOSES.get(self.purpose, "marketing"),
        )

    def _get_consent_sql(self, company):
        """Condition on the rows of a source: the person may be contacted."""
        partners = self.env["res.partner"].sudo().with_company(company)
        refused = partners.with_context(active_test=False)._search(
            self.with_company(company)._get_refused_domain()
        )
        return SQL("s.partner_id NOT IN %s", refused.subselect())


class DealerCallback(models.Model):
    """What consent means for a planned call."""

    _inherit = "dealer.callback"

    is_service_notice = fields.Boolean(
        "Service Notice only",
        compute="_compute_is_service_notice",
        help="The customer withdrew advertising or care: this call is about his "
        "repair or his safety, offer him nothing.",
    )

    @api.depends("partner_id.consent_ids.is_current", "purpose")
    def _compute_is_service_notice(self):
        refused = (
            self.env["dealer.consent"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("purpose", "in", ("marketing", "care")),
                    ("state", "=", "withdrawn"),
                    ("is_current", "=", True),
                ],
                ["partner_id"],
            )
        )
        partners = {partner.id for (partner,) in refused}
        for callback in self:
            purpose = CONSENT_PURPOSES.get(callback.purpose, "marketing")
            callback.is_service_notice = (
                purpose == "service" and callback.partner_id.id in partners
            )

    def _cancel_refused(self):
        """Planned calls the person does not want any more are not made."""
        keys = {(c.channel, c.purpose) for c in self}
        for channel, purpose in keys:
            planned = self.filtered_domain(
                [("channel", "=", channel), ("purpose", "=", purpose)]
            )
            allowed = (
                self.env["res.partner"]
                .sudo()
                ._get_consent_domain(
                    CONSENT_CHANNELS.get(channel, "visit"),
                    CONSENT_PURPOSES.get(purpose, "marketing"),
                )
            )
            reached = self.env["res.partner"].sudo().with_context(active_test=False)
            reached = reached.search([("id", "in", planned.partner_id.ids), *allowed])
            left = planned.partner_id - reached
            planned.filtered_domain([("partner_id", "in", left.ids)]).write(
                {"state": "cancelled"}
            )


class ResPartner(models.Model):
    """A changed answer reaches the calls that are planned already."""

    _inherit = "res.partner"

    def _after_consent_change(self):
        result = super()._after_consent_change()
        self.env["dealer.callback"].sudo().search(
            [("partner_id", "in", self.ids), ("state", "=", "planned")]
        )._cancel_refused()
        return result
