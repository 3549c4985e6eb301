# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.governor import DUTIES
from odoo.fields import Domain
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
    "service": "service",
    "second": "service",
    "reminder": "care",
    "care": "care",
    "survey": "care",
}
#: Purposes of callbacks that no budget and no dispute stops.
DUTY_PURPOSES = tuple(key for key, value in CONSENT_PURPOSES.items() if value in DUTIES)

CAR_REFUSED = """EXISTS (
    SELECT 1 FROM dealer_consent a
     WHERE a.partner_id = s.partner_id AND a.vehicle_id = s.vehicle_id
       AND a.channel = %(channel)s AND a.purpose = %(purpose)s
       AND a.is_current AND a.state = 'withdrawn')"""
# Who brings somebody else's car never owned it: he is asked as before.
CAR_SOLD = """EXISTS (
    SELECT 1
      FROM dealer_vehicle_party l
      JOIN fleet_vehicle v ON v.id = l.vehicle_id
     WHERE l.vehicle_id = s.vehicle_id AND l.partner_id = s.partner_id
       AND l.role = 'owner' AND l.date_to IS NOT NULL
       AND v.owner_id IS DISTINCT FROM s.partner_id)"""


def get_consent_key(channel, purpose):
    """(channel, purpose) of dealer.consent for those of a policy or a callback."""
    return (
        CONSENT_CHANNELS.get(channel, "visit"),
        CONSENT_PURPOSES.get(purpose, "marketing"),
    )


class DealerCallbackPolicy(models.Model):
    """Who withdrew a consent, or whose data is only kept, is called no more.

    The same holds for who is in dispute with us, has no address for the channel, was
    written to too often, or has sold the car it is about: the contact governor's
    reasons, in one statement for the job and, one by one, for its preview.
    """

    _inherit = "dealer.callback.policy"

    def _get_consent_key(self):
        """(channel, purpose) of dealer.consent that this policy needs."""
        self.ensure_one()
        return get_consent_key(self.channel, self.purpose)

    def _is_duty(self):
        """Owed to the customer: no budget and no dispute stops it."""
        return self._get_consent_key()[1] in DUTIES

    def _get_refused_domain(self):
        """Partners whom this policy leaves out."""
        self.ensure_one()
        return Domain.OR(self._get_refusals().values())

    def _get_refusals(self):
        """Whom this policy leaves out, and why.

        :return: dict key of the governor's reasons → Domain on res.partner
        """
        channel, purpose = self._get_consent_key()
        partners = self.env["res.partner"].sudo()
        refusals = partners._get_refusal_domains(channel, purpose)
        if not self._is_duty() or self._is_sending():
            refusals["no_address"] = ~partners._get_reachable_domain(channel)
        return refusals

    def _get_row_refusals(self):
        """What speaks against single rows of a source, not against the person.

        :return: dict key of the reason → SQL condition on the row s
        """
        channel, purpose = self._get_consent_key()
        refusals = {"car_withdrawn": SQL(CAR_REFUSED, channel=channel, purpose=purpose)}
        if not self._is_duty():
            refusals["sold"] = SQL(CAR_SOLD)
        return refusals

    def _get_wanted_sql(self, company):
        """Condition on the rows of a source: the person may be contacted."""
        refused = self._get_persons_sql(
            company, self.with_company(company)._get_refused_domain()
        )
        rows = SQL(" OR ").join(self._get_row_refusals().values())
        return SQL("NOT (%s) AND NOT (%s)", refused, rows)

    def _get_persons_sql(self, company, domain):
        """Condition on the rows of a source: the person is one of ``domain``.

        Asked person by person: few are due, and a list of all would be read each time.
        """
        partners = self.env["res.partner"].sudo().with_company(company)
        found = partners.with_context(active_test=False)._search(domain)
        found.add_where(SQL("%s = s.partner_id", SQL.identifier(found.table, "id")))
        return SQL("EXISTS %s", found.subselect("1"))


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
                    ("vehicle_id", "=", False),
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
                ._get_consent_domain(*get_consent_key(channel, purpose))
            )
            reached = self.env["res.partner"].sudo().with_context(active_test=False)
            reached = reached.search([("id", "in", planned.partner_id.ids), *allowed])
            left = planned.partner_id - reached
            refused = planned.filtered_domain([("partner_id", "in", left.ids)])
            (refused | planned._get_refused_for_car(channel, purpose)).write(
                {"state": "cancelled"}
            )

    def _get_refused_for_car(self, channel, purpose):
        """The calls about cars for which their person withdrew the consent."""
        channel, purpose = get_consent_key(channel, purpose)
        lines = self.env["dealer.consent"].sudo()
        lines = lines.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("channel", "=", channel),
                ("purpose", "=", purpose),
                ("is_current", "=", True),
                ("state", "=", "withdrawn"),
            ]
        )
        refused = {(line.partner_id, line.vehicle_id) for line in lines}
        return self.filtered(lambda c: (c.partner_id, c.vehicle_id) in refused)


class ResPartner(models.Model):
    """A changed answer reaches the calls that are planned already."""

    _inherit = "res.partner"

    def _after_consent_change(self):
        result = super()._after_consent_change()
        self.env["dealer.callback"].sudo().search(
            [("partner_id", "in", self.ids), ("state", "=", "planned")]
        )._cancel_refused()
        return result
