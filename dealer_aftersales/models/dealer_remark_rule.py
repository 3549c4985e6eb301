# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.addons.dealer_crm.tools.job_walk import walk
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..tools.remark_rules import compile_words, is_match, split_words

BATCH = 2000
PLACE = "dealer_aftersales.remark_walk.%s"


class DealerRemarkRule(models.Model):
    """Words that set a tag: satisfaction read from scattered remarks (SAT-11).

    Applied when a remark is saved; a new or changed rule is applied to older remarks
    by a job. A rule adds tags and never takes one away; what a person took away is not
    set again.
    """

    _name = "dealer.remark.rule"
    _description = "Keyword Rule for Remarks"
    _order = "sequence, id"
    _rec_name = "issue_id"

    issue_id = fields.Many2one(
        "dealer.callback.issue", "Tag", required=True, ondelete="cascade", index=True
    )
    sentiment = fields.Selection(related="issue_id.sentiment")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    words = fields.Text(
        required=True,
        help="One per line or separated by commas; any language. Latin letters are "
        "found as whole words, Chinese anywhere in the text.",
    )
    exceptions = fields.Text(
        "But not in",
        help="Phrases that contain a word and mean something else: 不满意 for 满意.",
    )
    is_pending = fields.Boolean(
        "Older remarks to do",
        default=True,
        readonly=True,
        copy=False,
        help="The next run of the job applies the rule to remarks of the past.",
    )
    test_text = fields.Text(
        "Try a Remark", store=False, default="", help="Not kept: shows whether it fits."
    )
    test_result = fields.Char(compute="_compute_test_result")
    match_count = fields.Integer("Tags set", compute="_compute_match_count")

    @api.constrains("words")
    def _check_words(self):
        for rule in self:
            if not split_words(rule.words):
                raise ValidationError(
                    self.env._(
                        "Words: the rule for %(tag)s names no word.",
                        tag=rule.issue_id.name,
                    )
                )

    @api.depends("words", "exceptions", "test_text", "issue_id")
    def _compute_test_result(self):
        for rule in self:
            if not rule.test_text:
                rule.test_result = False
            elif rule._fits(rule.test_text):
                rule.test_result = self.env._(
                    "Fits: sets the tag %(tag)s", tag=rule.issue_id.name or ""
                )
            else:
                rule.test_result = self.env._("Does not fit")

    @api.depends("issue_id")
    def _compute_match_count(self):
        rows = (
            self.env["dealer.remark.match"]
            .sudo()
            ._read_group([("rule_id", "in", self.ids)], ["rule_id"], ["__count"])
        )
        counts = {rule.id: count for rule, count in rows}
        for rule in self:
            rule.match_count = counts.get(rule.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "is_pending": True} for vals in vals_list])

    def write(self, vals):
        """A rule that says something new looks at the past again."""
        if {"words", "exceptions", "issue_id", "active"} & vals.keys():
            vals = {**vals, "is_pending": True}
        elif not self.env.su:
            vals = {key: value for key, value in vals.items() if key != "is_pending"}
        return super().write(vals)

    def _fits(self, text):
        """Whether the rule sets its tag for this text."""
        self.ensure_one()
        return is_match(
            text,
            compile_words(split_words(self.words)),
            compile_words(split_words(self.exceptions)),
        )

    @api.model
    def _get_targets(self):
        """Where remarks stand; other files add theirs.

        :return: dict model → (field with the text, field with the tags, conditions)
        """
        return {
            "dealer.callback": ("remark", "issue_ids", Domain.TRUE),
            "dealer.complaint": ("content", "issue_ids", Domain.TRUE),
            "dealer.contact": (
                "content",
                "issue_ids",
                Domain("purpose", "in", ("after_service", "complaint", "survey")),
            ),
        }

    def _compile(self):
        """[(rule id, tag id, words, exceptions)] of the rules, compiled once."""
        return [
            (
                rule.id,
                rule.issue_id.id,
                compile_words(split_words(rule.words)),
                compile_words(split_words(rule.exceptions)),
            )
            for rule in self
        ]

    def _apply(self, records):
        """Set the tags that the rules ask for on these records.

        :param records: of one of the targets' models, any length
        :return: how many tags were set
        """
        text_field, _tags, conditions = self._get_targets()[records._name]
        records = records.sudo()
        rules = self.sudo()._compile()
        if not records or not rules:
            return 0
        rows = records.filtered_domain(conditions).filtered(text_field)
        found = [
            (record.id, issue_id, rule_id)
            for record in rows
            for rule_id, issue_id, words, exceptions in rules
            if is_match(record[text_field], words, exceptions)
        ]
        return self._set_tags(records.browse(), found)

    def _set_tags(self, model, found):
        """Write matches and tags set-based; a match that is known sets nothing."""
        if not found:
            return 0
        field = model._fields[self._get_targets()[model._name][1]]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS (
                    INSERT INTO dealer_remark_match
                           (model, res_id, issue_id, rule_id, create_uid, create_date)
                    SELECT %(model)s, f.res_id, f.issue_id, f.rule_id, %(uid)s,
                           now() at time zone 'UTC'
                      FROM unnest(%(ids)s, %(issues)s, %(rules)s)
                           AS f(res_id, issue_id, rule_id)
                    ON CONFLICT (model, res_id, issue_id) DO NOTHING
                    RETURNING res_id, issue_id)
                INSERT INTO %(relation)s (%(record)s, %(tag)s)
                SELECT res_id, issue_id FROM fresh
                ON CONFLICT DO NOTHING
                """,
                model=model._name,
                uid=self.env.uid,
                ids=[row[0] for row in found],
                issues=[row[1] for row in found],
                rules=[row[2] for row in found],
                relation=SQL.identifier(field.relation),
                record=SQL.identifier(field.column1),
                tag=SQL.identifier(field.column2),
            )
        )
        count = self.env.cr.rowcount
        model.invalidate_model([field.name])
        return count

    @api.model
    def _tag_saved(self, records):
        """After a save: all rules on the records whose text was written."""
        conditions = self._get_targets()[records._name][2]
        records = records.sudo().filtered_domain(conditions)
        return self.sudo().search(Domain.TRUE)._apply(records) if records else 0

    @api.model
    def _cron_tag_remarks(self):
        """New rules on older remarks, in committed batches; safe to repeat.

        It goes on where a run stopped, from the first remark where the rules say
        something else than then.
        """
        pending = self.search([("is_pending", "=", True)])
        if not pending:
            return
        saying = pending._get_fingerprint()
        self._keep_places(saying)
        for name in self._get_targets():
            if not pending._walk_remarks(name):
                return
        self._keep_places(False)
        pending = self.search([("is_pending", "=", True)])
        if pending._get_fingerprint() == saying:
            pending.sudo().is_pending = False

    def _get_fingerprint(self):
        """Changes with what the rules say."""
        content = [
            (rule.id, rule.issue_id.id, rule.words, rule.exceptions)
            for rule in self.sorted("id")
        ]
        return sha256(repr(content).encode()).hexdigest()

    @api.model
    def _keep_places(self, saying):
        """Forget where the job stopped unless it was for rules that say the same.

        :param saying: fingerprint of the rules; False when all is done
        """
        params = self.env["ir.config_parameter"].sudo()
        if params.get_param(PLACE % "rules") != saying:
            for name in self._get_targets():
                params.set_param(PLACE % name, False)
            params.set_param(PLACE % "rules", saying)

    def _get_remarks(self, name):
        """:return: (empty recordset of the model, domain of its remarks, text field)"""
        text_field, _tags, conditions = self._get_targets()[name]
        model = self.env[name].sudo().with_context(active_test=False)
        return model, list(conditions & Domain(text_field, "!=", False)), text_field

    def _walk_remarks(self, name):
        """The job's part for a model; see :func:`walk`."""
        model, domain, text_field = self._get_remarks(name)
        run = self._apply_reported
        return walk(model, domain, PLACE % name, run, [text_field], BATCH)

    def _apply_reported(self, records):
        with reported("Keyword rules", records):
            self._apply(records)

    def _apply_to_all(self, name):
        """All remarks of a model in one transaction."""
        model, domain, _text_field = self._get_remarks(name)
        ids = model.search(domain, order="id").ids
        for batch in split_every(BATCH, ids, model.browse):
            self._apply_reported(batch)

    def action_apply_now(self):
        """The rule on all remarks of the past, without waiting for the night."""
        self.check_access("write")
        before = sum(self.mapped("match_count"))
        for name in self._get_targets():
            self.sudo()._apply_to_all(name)
        self.sudo().is_pending = False
        self.invalidate_recordset(["match_count"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s tags set.",
                    count=sum(self.mapped("match_count")) - before,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
