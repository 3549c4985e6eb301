# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class DealerCallbackPolicy(models.Model):
    """A survey round borrows a policy: same sources, same insert, other days.

    The round travels in the context as a record, which no client can send.
    """

    _inherit = "dealer.callback.policy"

    by_rounds = fields.Boolean(
        "By Survey Rounds only",
        help="The nightly job makes nothing: who is asked is drawn by a survey round.",
    )
    round_ids = fields.One2many("dealer.survey.round", "policy_id", "Survey Rounds")

    @api.model
    def _get_round(self):
        """The round that is being drawn, or an empty recordset."""
        drawn = self.env.context.get("dealer_round")
        rounds = self.env["dealer.survey.round"]
        return drawn if isinstance(drawn, type(rounds)) else rounds

    def _get_source_domain(self):
        domain = super()._get_source_domain()
        drawn = self._get_round()
        if not drawn:
            return domain
        sources = self.env.context.get("dealer_round_sources")
        if sources is not None:
            domain &= Domain("id", "in", list(sources))
        return domain & self._get_round_segment_domain(drawn.segment_id)

    def _get_round_segment_domain(self, segment):
        """The round's own group, beside that of the policy."""
        if not segment:
            return Domain.TRUE
        path = "partner_path" if segment.model == "res.partner" else "vehicle_path"
        names = self._get_path_fields(path, segment.model)
        members = segment._get_domain()
        return Domain.OR(
            members if name == "id" else Domain(name, "any", members) for name in names
        )

    def _get_source_query(self, company, today, domain, is_dated=True):
        if self.by_rounds and not self._get_round():
            return None
        return super()._get_source_query(company, today, domain, is_dated)

    def _get_date_domain(self, company, today):
        """A round asks about its own period, whenever the policy began."""
        drawn = self._get_round()
        if not drawn:
            return super()._get_date_domain(company, today)
        name = self.date_field_id.name
        first, last = drawn.date_from, drawn.date_to + timedelta(days=1)
        if self.date_field_id.ttype == "datetime":
            first = company._get_dealer_day_start(first)
            last = company._get_dealer_day_start(last)
        return Domain(name, ">=", first) & Domain(name, "<", last)

    def _get_date_sql(self, model, query, company, today):
        """All of a round are asked from the day of the drawing on."""
        if not self._get_round():
            return super()._get_date_sql(model, query, company, today)
        return SQL("%s::date", today - timedelta(days=self.offset_days))

    def _get_cycle_sql(self):
        """Another round may ask about the same source again."""
        drawn = self._get_round()
        if not drawn:
            return super()._get_cycle_sql()
        return SQL("%s", f"round {drawn.id}")

    def _get_first_due(self, today):
        return today if self._get_round() else super()._get_first_due(today)

    def _get_consent_key(self):
        """Consent for the way the round asks, not for the policy's usual one."""
        channel, purpose = super()._get_consent_key()
        drawn = self._get_round()
        return (drawn._get_consent_channel() if drawn else channel), purpose
