# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeDrawers(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ("o", "h", "a", "b", "c")
        cls.grades = {code: cls.env.ref(f"dealer_crm.grade_{code}") for code in codes}

    def move(self, lead, code, reason, user=None):
        return self.call(
            user or self.consultant,
            "crm.lead",
            "action_move_to_drawer",
            lead.ids,
            self.grades[code].id,
            reason,
        )

    def find(self, xmlid, user=None):
        action = self.env.ref(f"dealer_crm.{xmlid}")
        leads = self.env["crm.lead"].with_user(user or self.consultant)
        return leads.search(safe_eval(action.domain))

    def test_moved_card_is_logged_with_its_reason(self):
        """GRD-16"""
        lead = self.make_lead(grade_id=self.grades["c"].id)
        self.move(lead, "h", " Got his bonus ")
        self.assertEqual(lead.grade_id, self.grades["h"])
        self.assertRecordValues(
            self.env["dealer.grade.log"].search([("lead_id", "=", lead.id)])[0],
            [{"step": "drawer", "reason": "Got his bonus", "decision": "change"}],
        )
        self.move(lead, "c", "Was a mistake")
        self.assertEqual(lead.grade_id, self.grades["c"])

    def test_no_reason_no_move(self):
        lead = self.make_lead(grade_id=self.grades["c"].id)
        for reason in ("", "  ", False):
            with self.assert_refused(UserError, "Reason for the Grade"):
                self.move(lead, "h", reason)
        self.assertEqual(lead.grade_id, self.grades["c"])

    def test_drawer_without_grade_takes_no_card(self):
        lead = self.make_lead(grade_id=self.grades["c"].id)
        with self.assert_refused(UserError, "No grade"):
            lead.with_user(self.consultant).action_move_to_drawer(False, "Away")

    def test_incomplete_card_stays(self):
        lead = self.make_lead(phone=False)
        with self.assert_refused(ValidationError, "missing: phone"):
            self.move(lead, "h", "Hot")

    def test_card_of_a_colleague_stays(self):
        lead = self.make_lead(user_id=self.manager.id, grade_id=self.grades["c"].id)
        with self.assertRaises(AccessError):
            self.move(lead, "h", "Mine now")

    def test_reasons_used_before_come_first(self):
        lead = self.make_lead(grade_id=self.grades["c"].id)
        self.move(lead, "a", "Loan is approved")
        reasons = self.call(
            self.consultant, "crm.lead", "get_drawer_reasons", self.grades["a"].id
        )
        self.assertEqual(reasons[0], "Loan is approved")
        self.assertIn("Next meeting agreed", reasons)
        self.assertEqual(len(reasons), len(set(reasons)))
        self.assertEqual(self.env["crm.lead"].get_drawer_reasons(False), [])

    def test_drawers_hold_open_leads_only(self):
        lead = self.make_lead(grade_id=self.grades["h"].id)
        won = self.make_lead(grade_id=self.grades["h"].id)
        won.action_set_won()
        found = self.find("crm_lead_action_drawers")
        self.assertIn(lead, found)
        self.assertNotIn(won, found)

    def test_low_grade_with_plan_due_shows_its_next_step(self):
        """GRD-12"""
        lead = self.make_lead(
            grade_id=self.grades["c"].id,
            stage_id=self.env.ref("dealer_crm.stage_archived").id,
        )
        self.assertNotIn(lead, self.find("crm_lead_action_low"))
        with freeze_time("2026-04-09 04:00:00"):
            self.assertIn(lead, self.find("crm_lead_action_low"))
            self.assertEqual(lead.next_stage_id, self.env.ref("dealer_crm.stage_needs"))

    def test_next_step_of_many_leads_costs_no_more(self):
        leads = self.env["crm.lead"].union(*(self.make_lead() for _n in range(12)))
        counts = []
        for some in (leads[:2], leads):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            some.mapped("next_stage_id.name")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    def test_last_step_and_closed_leads_have_no_next(self):
        lead = self.make_lead(stage_id=self.env.ref("dealer_crm.stage_contact").id)
        self.assertTrue(lead.next_stage_id)
        lead.action_set_won()
        self.assertFalse(lead.next_stage_id)

    def test_overdue_high_grade_appears_the_same_day(self):
        """GRD-18"""
        lead = self.make_lead(grade_id=self.grades["h"].id)
        ordered = self.make_lead(grade_id=self.grades["o"].id)
        low = self.make_lead(grade_id=self.grades["c"].id)
        found = self.find("crm_lead_action_high", self.manager)
        self.assertEqual(found & (lead + ordered + low), lead)
        self.assertFalse(lead.is_contact_overdue)
        self.assertEqual(lead.next_contact_date, TODAY + timedelta(2))
        with freeze_time("2026-03-13 04:00:00"):
            lead.invalidate_recordset()
            self.assertTrue(lead.is_contact_overdue)
