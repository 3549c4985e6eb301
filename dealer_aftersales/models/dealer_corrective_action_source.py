# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DealerCorrectiveAction(models.Model):
    """Measures drawn from what customers said: one button each."""

    _inherit = "dealer.corrective.action"

    callback_count = fields.Integer(compute="_compute_source_counts")
    complaint_count = fields.Integer(compute="_compute_source_counts")

    @api.depends("callback_ids", "complaint_ids")
    def _compute_source_counts(self):
        for action in self:
            action.callback_count = len(action.callback_ids)
            action.complaint_count = len(action.complaint_ids)

    @api.model
    def _make_from(self, company, *, callbacks=None, complaints=None, **values):
        """A draft with problem, cause, sources and affected customers filled in.

        :param company: branch of all the sources
        :param values: further values of the measure
        :raises AccessError: for those who draw no measures up
        """
        self._check_managing()
        issues = Counter()
        for source in (callbacks, complaints):
            for record in source or ():
                issues.update(record.issue_ids._filter_problems())
        issue = issues.most_common(1)[0][0] if issues else None
        cause = self._get_common_cause(callbacks, complaints)
        subject = issue or cause
        count = len(callbacks or ()) + len(complaints or ())
        return self.create(
            {
                "name": subject.display_name if subject else self.env._("New measure"),
                "issue_id": issue and issue.id,
                "cause_id": cause and cause.id,
                "effect_kind": "issue" if issue else False,
                "company_id": company.id,
                "supervisor_id": company._get_service_manager().id,
                "callback_ids": callbacks and [Command.set(callbacks.ids)],
                "complaint_ids": complaints and [Command.set(complaints.ids)],
                "check_ids": self._prepare_checks(callbacks, complaints),
                "description": self._get_problem_text(issues, count),
                **values,
            }
        )

    @api.model
    def _get_common_cause(self, callbacks, complaints):
        """The cause noted most often on the sources."""
        causes = Counter()
        for source in (callbacks, complaints):
            if source and "cause_id" in source._fields:
                causes.update(r.cause_id for r in source if r.cause_id)
        return causes.most_common(1)[0][0] if causes else None

    @api.model
    def _get_problem_text(self, issues, count):
        """What came up, how often; the customers' own words stand on their lines."""
        if not issues:
            return False
        names = [
            self.env._("%(problem)s (%(count)s times)", problem=i.name, count=n)
            for i, n in issues.most_common()
        ]
        return self.env._(
            "%(count)s customers named: %(problems)s",
            count=count,
            problems=", ".join(names),
        )

    @api.model
    def _prepare_checks(self, callbacks=None, complaints=None):
        """Commands for the affected customers, each once per car."""
        lines = {}
        for source, name in ((complaints, "content"), (callbacks, "remark")):
            for record in source or ():
                key = (record.partner_id.id, record.vehicle_id.id)
                lines.setdefault(key, record[name])
                lines[key] = lines[key] or record[name]
        return [
            Command.create({"partner_id": partner, "vehicle_id": car, "words": words})
            for (partner, car), words in lines.items()
        ]

    def _add_complaints(self, complaints):
        """Further complaints of the same kind, with their customers."""
        self.ensure_one()
        known = {(line.partner_id.id, line.vehicle_id.id) for line in self.check_ids}
        lines = self._prepare_checks(complaints=complaints - self.complaint_ids)
        new = [
            command
            for command in lines
            if (command[2]["partner_id"], command[2]["vehicle_id"]) not in known
        ]
        sources = [Command.link(complaint.id) for complaint in complaints]
        self.write({"complaint_ids": sources, "check_ids": new})

    def _open_form(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_view_callbacks(self):
        """The callbacks it was drawn from."""
        return self._open_source("dealer_aftersales.dealer_callback_action", "callback")

    def action_view_complaints(self):
        """The complaints it was drawn from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "dealer.complaint",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.complaint_ids.ids)],
            "context": {"create": False},
        }

    def _open_source(self, xml_id, kind):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [("id", "in", self[f"{kind}_ids"].ids)]
        action["context"] = {"create": False}
        return action


class DealerMeasureSourceMixin(models.AbstractModel):
    """Records a measure is drawn from: the button that makes one, and the way back."""

    _name = "dealer.measure.source.mixin"
    _description = "Source of Measures"

    measure_count = fields.Integer(
        "Number of Measures", compute="_compute_measure_count"
    )

    @api.depends_context("uid")
    def _compute_measure_count(self):
        """Those the user may read: what the button opens."""
        measures = self.env["dealer.corrective.action"]
        counts = {}
        if self.ids and measures.has_access("read"):
            name = self._measure_source
            groups = measures._read_group([(name, "in", self.ids)], [name], ["__count"])
            counts = {record.id: count for record, count in groups}
        for record in self:
            record.measure_count = counts.get(record.id, 0)

    def action_make_measure(self):
        """A measure drawn from the chosen records, opened to be completed.

        :raises UserError: when they belong to several branches
        """
        self.check_access("read")
        if len(self.company_id) != 1:
            raise UserError(
                self.env._("A measure is drawn from records of one branch.")
            )
        kind = self._measure_source.removesuffix("_ids") + "s"
        measures = self.env["dealer.corrective.action"]
        return measures._make_from(self.company_id, **{kind: self})._open_form()

    def action_view_measures(self):
        """The measures drawn from this record."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_corrective_action_action"
        )
        action["domain"] = [(self._measure_source, "in", self.ids)]
        action["context"] = {"create": False}
        return action


class DealerCallback(models.Model):
    _name = "dealer.callback"
    _inherit = ["dealer.callback", "dealer.measure.source.mixin"]
    _measure_source = "callback_ids"

    corrective_action_ids = fields.Many2many(
        "dealer.corrective.action",
        "dealer_callback_dealer_corrective_action_rel",
        "dealer_callback_id",
        "dealer_corrective_action_id",
        string="Measures drawn from it",
        copy=False,
    )


class DealerComplaint(models.Model):
    _name = "dealer.complaint"
    _inherit = ["dealer.complaint", "dealer.measure.source.mixin"]
    _measure_source = "complaint_ids"

    action_ids = fields.Many2many(
        "dealer.corrective.action",
        "dealer_complaint_dealer_corrective_action_rel",
        "dealer_complaint_id",
        "dealer_corrective_action_id",
        string="Measures",
        copy=False,
    )
