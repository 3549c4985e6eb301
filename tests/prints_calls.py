# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the callback record prints: builder of test_prints.py."""

LONG = "客户反映更换刹车片后低速制动仍有尖锐响声" * 15


class CallForms:
    """Mixin: (records, texts that must be on paper) per model."""

    def build_dealer_callback(self):
        bare = self.make_callback("2026-03-07 04:00:00")
        full = self.make_callback("2026-03-07 05:00:00", advisor_id=self.advisor.id)
        north = self.make_callback(
            "2026-03-07 04:00:00",
            vehicle_id=self.make_car(company_id=self.other_branch.id).id,
            partner_id=self.make_customer("王三", company_id=False).id,
            company_id=self.other_branch.id,
        )
        caller = full.with_user(self.care)
        caller.attempt_note = LONG
        caller.action_not_reached()
        cause = self.env["dealer.cause"].create({"name": "未试车"})
        caller.write({"remark": LONG, "cause_id": cause.id, "complaint_choice": "no"})
        caller.save_answers({self.overall.id: 2, self.advisor_question.id: 5})
        caller.action_save_answers()
        return bare | full | north, [bare.repair_id.name, LONG, "未试车"]
