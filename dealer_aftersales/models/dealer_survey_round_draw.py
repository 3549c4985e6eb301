# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from uuid import uuid4

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.row_lock import touch_rows
from ..tools.satisfaction import draw_sample, get_sample_size


class DealerSurveyRound(models.Model):
    """Drawing: by chance, once, and the same again if it has to be repeated."""

    _inherit = "dealer.survey.round"

    def action_draw(self):
        """Draw the sample and make its callbacks.

        :raises UserError: when the round was drawn, or the period is about nobody
        """
        self.check_access("write")
        for drawing in self:
            drawing._lock()
            if drawing.state != "draft":
                raise UserError(
                    self.env._("%(round)s was drawn already.", round=drawing.name)
                )
            drawing._draw()
        return True

    def _lock(self):
        """Two drawings of a branch follow one another: nobody is drawn twice.

        The second one waits, and is tried again with the calls the first one made.
        """
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(hashtext('dealer_survey_round'), %s)",
                self.company_id.id,
            )
        )
        touch_rows(self.company_id)
        self.invalidate_recordset(["state"])

    def _draw(self):
        self.ensure_one()
        members, allowed = self._get_members()
        if not members:
            raise UserError(
                self.env._(
                    "%(round)s: nobody in this period. Check the survey's conditions "
                    "and the days.",
                    round=self.name,
                )
            )
        seed = self.seed or uuid4().hex
        size = get_sample_size(len(members), self.sample_percent)
        chosen = draw_sample(allowed.values(), size, seed)
        self.sudo().write(
            {
                "seed": seed,
                "state": "drawn",
                "drawn_on": fields.Datetime.now(),
                "drawn_by_id": self.env.uid,
                "member_count": len(members),
                "left_out_count": len(members) - len(allowed),
            }
        )
        policy = self._get_policy().with_context(dealer_round_sources=tuple(chosen))
        policy._make_all_callbacks(self.company_id)
        self.invalidate_recordset()

    def _get_policy(self):
        """The policy as it works for this round."""
        return self.policy_id.sudo().with_context(dealer_round=self.sudo())

    def _get_members(self):
        """The persons of the period, and those of them who may be asked.

        :return: two dicts, source id by partner id; of several sources of a person
            the newest record
        """
        policy = self._get_policy()
        company = self.company_id.sudo()
        source = policy._get_source_query(
            company, company._get_dealer_today(), policy._get_source_domain()
        )
        if source is None:
            return {}, {}
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (s.partner_id)
                       s.partner_id, s.source_id, %(consent)s AS is_allowed
                  FROM (%(source)s) s
                 WHERE s.partner_id IS NOT NULL
              ORDER BY s.partner_id, s.source_id DESC
                """,
                source=source,
                consent=policy._get_wanted_sql(company),
            )
        )
        rows = self.env.cr.fetchall()
        asked = self._get_asked_partners()
        members = {partner: source_id for partner, source_id, _allowed in rows}
        allowed = {
            partner: source_id
            for partner, source_id, is_allowed in rows
            if is_allowed and partner not in asked
        }
        return members, allowed

    def _get_asked_partners(self):
        """Ids of the persons drawn for a round in the months before."""
        today = self.company_id._get_dealer_today()
        since = fields.Date.subtract(today, months=self.repeat_months)
        if not self.repeat_months:
            return set()
        groups = (
            self.env["dealer.callback"]
            .sudo()
            ._read_group(
                [
                    ("round_id", "!=", False),
                    ("company_id", "=", self.company_id.id),
                    ("state", "!=", "cancelled"),
                    ("date_due", ">", since),
                ],
                ["partner_id"],
            )
        )
        return {partner.id for (partner,) in groups}

    def action_close(self):
        """The survey is over: calls nobody made yet are taken off the list."""
        self.check_access("write")
        drawn = self.filtered(lambda drawing: drawing.state == "drawn")
        open_calls = drawn.sudo().callback_ids.filtered(
            lambda callback: callback.state == "planned" and not callback.attempt_count
        )
        # Nobody was asked: still drawn, so they count as not answered.
        open_calls.write({"state": "expired"})
        drawn.sudo().write({"state": "closed"})
        return True

    def action_reopen(self):
        """A mistake is reversible; expired calls are reopened on their card."""
        self.check_access("write")
        self.filtered(lambda drawing: drawing.state == "closed").sudo().write(
            {"state": "drawn"}
        )
        return True

    def action_undo(self):
        """Take the drawing back while nobody was called.

        :raises UserError: when somebody was called or has answered
        """
        self.check_access("write")
        for drawing in self.sudo():
            callbacks = drawing.callback_ids
            if callbacks.filtered(lambda c: c.attempt_count or c.is_answered):
                raise UserError(
                    self.env._(
                        "%(round)s: somebody was asked already. Close it instead.",
                        round=drawing.name,
                    )
                )
            callbacks.user_input_id.unlink()
            callbacks.unlink()
            drawing.write(
                {
                    "state": "draft",
                    "drawn_on": False,
                    "drawn_by_id": False,
                    "member_count": 0,
                    "left_out_count": 0,
                }
            )
        return True
