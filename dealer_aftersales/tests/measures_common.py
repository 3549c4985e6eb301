# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import freeze_time

from .common import NOW, AftersalesCase

MODEL = "dealer.corrective.action"
DUE = "2026-03-20"


class MeasuresCase(AftersalesCase):
    """A draft measure on a customer's complaint, and the steps of its way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recheck = cls.env.ref("dealer_aftersales.policy_measure_recheck")
        cls.recheck.write({"active": True, "date_start": "2026-01-01"})
        cls.recheck_question = cls.env.ref("dealer_aftersales.survey_question_recheck")
        cls.issue = cls.env["dealer.callback.issue"].create({"name": "Long waiting"})
        cls.cause = cls.env["dealer.cause"].create({"name": "No advice on time"})
        # the only managers of the branch are those of these tests
        for name in ("dealer_crm.group_general", "dealer_aftersales.group_service"):
            group = cls.env.ref(f"{name}_manager")
            cls.env.ref("base.user_admin").group_ids -= group
        if "finding_required" in cls.branch._fields:
            cls.branch.finding_required = False  # causes of bad answers: other tests
        with freeze_time(NOW):
            cls.measure = cls.make_measure()

    @classmethod
    def make_measure(cls, **values):
        defaults = {
            "name": "Tell each customer when his car is ready",
            "measure_text": "The advisor calls at noon.",
            "issue_id": cls.issue.id,
            "responsible_id": cls.advisor.id,
            "supervisor_id": cls.service_manager.id,
            "date_due": DUE,
            "check_ids": [
                fields.Command.create(
                    {"partner_id": cls.customer.id, "vehicle_id": cls.car.id}
                )
            ],
        }
        measures = cls.env[MODEL].with_user(cls.care)
        return measures.create(defaults | values).sudo()

    @classmethod
    def make_complaint(cls, **values):
        return cls.env["dealer.complaint"].create(
            {
                "partner_id": cls.customer.id,
                "vehicle_id": cls.car.id,
                "content": "I waited for two hours",
                "company_id": cls.branch.id,
                **values,
            }
        )

    def run_job(self, verb):
        """A scheduled action of the measures, as the server starts it."""
        cron = self.env.ref(f"dealer_aftersales.ir_cron_{verb}")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def by(self, user, measure=None):
        return (measure or self.measure).with_user(user)

    def approve(self, measure=None):
        self.by(self.care, measure).action_submit()
        self.by(self.director, measure).action_approve()

    def carry_out(self, measure=None):
        self.approve(measure)
        self.by(self.advisor, measure).action_done()

    def verify(self, measure=None, result="ok"):
        measure = measure or self.measure
        self.env["dealer.corrective.action.review"].with_user(
            self.service_manager
        ).create({"action_id": measure.id, "result": result, "finding": "I looked"})

    def answer_recall(self, line, score, user=None):
        """The customer is called again and says how it is now."""
        call = line.callback_id.with_user(user or self.care)
        call.save_answers({self.recheck_question.id: score})
        call.action_save_answers()
        self.env.invalidate_all()

    def add_callbacks(self, count, day="2026-03-05", score=None, issue=None):
        """Callbacks of the branch that were reached on ``day``."""
        self.source_count = getattr(self, "source_count", 9500000)
        calls = self.env["dealer.callback"]
        for _index in range(count):
            self.source_count += 1
            call = calls.create(
                {
                    "policy_id": self.policy.id,
                    "source_id": self.source_count,
                    "partner_id": self.customer.id,
                    "vehicle_id": self.car.id,
                    "company_id": self.branch.id,
                    "purpose": "after_service",
                    "channel": "phone",
                    "date_due": day,
                    "issue_ids": [fields.Command.set(issue.ids if issue else [])],
                }
            )
            if score is not None:
                call.save_answers({self.overall.id: score})
            call.write({"state": "reached"})
            calls |= call
        return calls
