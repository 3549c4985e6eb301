# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the forms on measures print: builders of test_prints.py."""

from odoo.fields import Command

LONG = "每个时段最多预约三台并在约定时间前十五分钟告知进度" * 15


class MeasureForms:
    """Mixin: (records, texts that must be on paper) per model or form."""

    def build_dealer_corrective_action(self):
        measures = self.env["dealer.corrective.action"]
        bare = measures.create({"name": "空白措施", "company_id": self.branch.id})
        full = measures.create(
            {
                "name": "完整措施",
                "kind": "preventive",
                "description": LONG,
                "analysis": LONG,
                "measure_text": LONG,
                "effect_kind": "issue",
                "issue_id": self.issues[0].id,
                "responsible_id": self.advisor.id,
                "supervisor_id": self.service_manager.id,
                "date_due": "2026-03-20",
                "company_id": self.branch.id,
                "callback_ids": [Command.set(self.make_due(2).ids)],
                "check_ids": [
                    Command.create({"partner_id": self.customer.id, "words": LONG})
                ],
                "member_ids": [Command.create({"user_id": self.technician.id})],
            }
        )
        full.with_user(self.care).action_submit()
        full.with_user(self.director).action_approve("可以")
        full.with_user(self.advisor).action_done(LONG)
        self.env["dealer.corrective.action.review"].with_user(
            self.service_manager
        ).create({"action_id": full.id, "finding": LONG})
        north = measures.create(
            {"name": "北店措施", "company_id": self.other_branch.id}
        )
        texts = ["空白措施", "完整措施", "北店措施", self.technician.name, LONG]
        return bare | full | north, texts

    def build_report_corrective_action_month(self):
        """A sheet per branch."""
        measures = self.build_once("build_dealer_corrective_action")[0]
        return measures[1:], ["完整措施", "北店措施"]
