# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.measures import is_better, share

# One row per measure and side: what callbacks of the branch said in that period, to
# the question in whichever version of its questionnaire.
ANSWERS = """
    SELECT w.action_id, w.side, count(l.id), sum(l.value_scale)::float
      FROM unnest(%(actions)s::int[], %(sides)s::text[], %(companies)s::int[],
                  %(starts)s::date[], %(ends)s::date[], %(targets)s::int[])
           AS w(action_id, side, company_id, day_from, day_to, target_id)
      JOIN dealer_callback c ON c.company_id = w.company_id
       AND c.date_due >= w.day_from AND c.date_due < w.day_to
       AND c.state = 'reached'
      JOIN survey_user_input_line l ON l.user_input_id = c.user_input_id
       AND NOT COALESCE(l.skipped, FALSE)
      JOIN survey_question q ON q.id = l.question_id
      JOIN survey_question t ON t.id = w.target_id
       AND COALESCE(t.version_root_id, t.id) = COALESCE(q.version_root_id, q.id)
     GROUP BY w.action_id, w.side
"""
NAMED = """
    SELECT w.action_id, w.side, count(*),
           count(*) FILTER (WHERE EXISTS (
               SELECT 1 FROM dealer_callback_dealer_callback_issue_rel r
                WHERE r.dealer_callback_id = c.id
                  AND r.dealer_callback_issue_id = w.target_id))::float
      FROM unnest(%(actions)s::int[], %(sides)s::text[], %(companies)s::int[],
                  %(starts)s::date[], %(ends)s::date[], %(targets)s::int[])
           AS w(action_id, side, company_id, day_from, day_to, target_id)
      JOIN dealer_callback c ON c.company_id = w.company_id
       AND c.date_due >= w.day_from AND c.date_due < w.day_to
       AND c.state = 'reached'
     GROUP BY w.action_id, w.side
"""

REPEATED = """
    SELECT w.action_id,
           (SELECT count(*)
              FROM dealer_callback c
              JOIN dealer_callback_dealer_callback_issue_rel r
                ON r.dealer_callback_id = c.id
             WHERE c.company_id = w.company_id AND c.date_due >= w.day
               AND r.dealer_callback_issue_id = w.issue_id)
         + (SELECT count(*)
              FROM dealer_complaint k
             WHERE k.company_id = w.company_id AND k.date_received >= w.moment
               AND k.cause_id = w.cause_id)
      FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::date[],
                  %s::timestamp[])
           AS w(action_id, company_id, issue_id, cause_id, day, moment)
"""


class DealerCorrectiveAction(models.Model):
    """What should get better, and whether it did: before the approval, since done."""

    _inherit = "dealer.corrective.action"

    effect_kind = fields.Selection(
        selection="_selection_effect_kind",
        string="What should get better",
        help="The figure is counted anew each time the measure is opened.",
    )
    effect_question_id = fields.Many2one(
        "survey.question",
        "Question",
        domain=[("callback_measure", "!=", False)],
        ondelete="restrict",
        index="btree_not_null",
    )
    effect_days = fields.Integer(
        "Compared with (days)",
        default=lambda self: self.env.company.measure_effect_days,
        help="Days before the approval that the time since then is compared with.",
    )
    effect_before = fields.Float("Before", compute="_compute_effect", digits=(16, 2))
    effect_after = fields.Float("Since", compute="_compute_effect", digits=(16, 2))
    effect_before_count = fields.Integer("Callbacks before", compute="_compute_effect")
    effect_after_count = fields.Integer("Callbacks since", compute="_compute_effect")
    effect_state = fields.Selection(
        [("better", "Better"), ("worse", "Not better"), ("unknown", "Not known yet")],
        "Effect",
        compute="_compute_effect",
    )
    effect_text = fields.Char("Effect in Words", compute="_compute_effect")
    repeat_count = fields.Integer(
        "Repeated since",
        compute="_compute_repeat_count",
        help="Callbacks that named the problem and complaints of the same cause since "
        "the measure was carried out.",
    )

    _effect_days_check = models.Constraint(
        "CHECK (effect_days > 0)", "Compared with (days): at least one day."
    )

    @api.model
    def _selection_effect_kind(self):
        """What a measure can be proved by; other addons add theirs."""
        return [
            ("question", self.env._("Answer to a question")),
            ("issue", self.env._("Problem named less often")),
        ]

    def _get_effect_sides(self):
        """(side, first day, day after the last) of the two periods compared."""
        self.ensure_one()
        branch, sides = self.company_id, []
        if self.approval_state == "approved" and self.approval_decided_on:
            day = branch._get_dealer_day(self.approval_decided_on)
            sides.append(("before", day - timedelta(days=self.effect_days), day))
        if self.date_done:
            day = branch._get_dealer_day(self.date_done)
            sides.append(("after", day, branch._get_dealer_today() + timedelta(days=1)))
        return sides

    @api.depends("effect_kind", "effect_question_id", "issue_id", "date_done")
    def _compute_effect(self):
        figures = self._get_effect_figures()
        for action in self:
            before = figures.get((action._origin.id, "before"), (0, None))
            after = figures.get((action._origin.id, "after"), (0, None))
            action.effect_before_count, action.effect_after_count = before[0], after[0]
            action.effect_before = before[1] or 0
            action.effect_after = after[1] or 0
            better = action._compare(before, after)
            action.effect_state = {True: "better", False: "worse"}.get(
                better, "unknown"
            )
            action.effect_text = action._get_effect_text(before, after)

    def _compare(self, before, after):
        """:param before, after: (callbacks counted, figure or None)"""
        least = self.company_id.measure_least_answers
        if min(before[0], after[0]) < least:
            return None
        return is_better(before[1], after[1], self.effect_kind == "issue")

    def _is_figure_better(self):
        self.ensure_one()
        return {"better": True, "worse": False}.get(self.effect_state)

    def _get_effect_figures(self):
        """:return: {(measure id, side): (callbacks counted, figure or None)}"""
        saved = self.sudo()._origin.filtered("effect_kind")
        self.env.flush_all()
        figures = saved.filtered(lambda a: a.effect_kind == "question")._count_side(
            ANSWERS, "effect_question_id"
        )
        return figures | saved.filtered(lambda a: a.effect_kind == "issue")._count_side(
            NAMED, "issue_id"
        )

    def _count_side(self, query, target):
        """One statement for all measures of a kind, counted with all rights."""
        rows = [
            (action.id, side, action.company_id.id, start, end, action[target].id)
            for action in self.filtered(target)
            for side, start, end in action._get_effect_sides()
        ]
        if not rows:
            return {}
        names = ("actions", "sides", "companies", "starts", "ends", "targets")
        columns = map(list, zip(*rows, strict=True))
        found = self.env.execute_query(
            SQL(query, **dict(zip(names, columns, strict=True)))
        )
        return {
            (action, side): (count, share(total or 0, count))
            for action, side, count, total in found
        }

    def _get_effect_text(self, before, after):
        """The comparison in words, with the number of callbacks behind it."""
        if not self.effect_kind:
            return False
        return self.env._(
            "%(what)s: %(before)s before (%(count)s callbacks), %(after)s since "
            "(%(count_after)s callbacks)",
            what=self._get_effect_target(),
            before=self._format_effect(before[1]),
            count=before[0],
            after=self._format_effect(after[1]),
            count_after=after[0],
        )

    def _get_effect_target(self):
        """Name of what should get better."""
        if self.effect_kind == "question":
            return self.sudo().effect_question_id.title or ""
        return self.issue_id.name or ""

    def _format_effect(self, value):
        if value is None:
            return "–"
        if self.effect_kind == "issue":
            return f"{value * 100:.1f} %"
        return f"{value:.2f}"

    @api.depends("issue_id", "cause_id", "date_done")
    def _compute_repeat_count(self):
        """Counted with all rights: the figure does not depend on who looks."""
        done = self._origin.sudo().filtered("date_done")
        counts = {}
        if done:
            self.env.flush_all()
            columns = [
                [action.id for action in done],
                [action.company_id.id for action in done],
                [action.issue_id.id or None for action in done],
                [action.cause_id.id or None for action in done],
                [
                    action.company_id._get_dealer_day(action.date_done)
                    for action in done
                ],
                [action.date_done for action in done],
            ]
            counts = dict(self.env.execute_query(SQL(REPEATED, *columns)))
        for action in self:
            action.repeat_count = counts.get(action._origin.id, 0)

    def action_view_repeats(self):
        """What happened again since the measure was carried out."""
        self.ensure_one()
        day = self.company_id._get_dealer_day(self.date_done or fields.Datetime.now())
        model, domain = (
            "dealer.callback",
            [
                ("issue_ids", "in", self.issue_id.ids),
                ("date_due", ">=", day),
            ],
        )
        if not self.issue_id:
            model, domain = (
                "dealer.complaint",
                [
                    ("cause_id", "in", self.cause_id.ids),
                    ("date_received", ">=", self.date_done),
                ],
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Repeated since"),
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("company_id", "=", self.company_id.id), *domain],
            "context": {"create": False},
        }

    @api.onchange("effect_kind")
    def _onchange_effect_kind(self):
        if self.effect_kind != "question":
            self.effect_question_id = False
