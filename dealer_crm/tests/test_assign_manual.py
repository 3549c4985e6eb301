# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .test_assign_rules import AssignCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssignManual(AssignCase):
    """A manager moves leads with all that is planned; consultants only take."""

    def assign(self, leads, user=None, **values):
        action = self.call(user or self.manager, "crm.lead", "action_assign", leads.ids)
        wizards = self.env["dealer.lead.assign"].with_user(user or self.manager)
        wizard = wizards.browse(action["res_id"])
        self.assertTrue(wizard.line_ids, "listed before anything is typed")
        wizard.write({"reason": "Knows the series", **values})
        wizard.action_apply()
        return wizard

    def test_manager_moves_three_leads_with_their_plans(self):
        """Acceptance of LEAD-04."""
        leads = self.env["crm.lead"].union(*(self.make_lead() for _n in range(3)))
        promise = self.env["dealer.promise"].create(
            {"name": "Offer", "lead_id": leads[0].id, "user_id": self.consultant.id}
        )
        call = leads[1].activity_schedule(
            "mail.mail_activity_data_call", user_id=self.consultant.id
        )
        of_manager = leads[1].activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.manager.id
        )
        self.assign(leads, user_id=self.second.id)
        self.assertEqual([lead.user_id for lead in leads], [self.second] * 3)
        follow_ups = leads.activity_ids - of_manager
        self.assertEqual(follow_ups.user_id, self.second)
        self.assertEqual((promise.user_id, call.user_id), (self.second,) * 2)
        self.assertEqual(promise.activity_id.user_id, self.second)
        self.assertEqual(of_manager.user_id, self.manager)
        self.assertEqual(
            leads[0].assign_reason, "By a Manager · Manager · Knows the series"
        )
        self.assertEqual(leads[0].assign_log_id.user_from_id, self.consultant)

    def test_both_consultants_are_told_once(self):
        leads = self.make_lead() | self.make_lead()
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.assign(leads, user_id=self.second.id)
        for user in (self.consultant, self.second):
            messages = self.env["mail.message"].search(
                [("id", ">", before), ("partner_ids", "in", user.partner_id.ids)]
            )
            self.assertEqual(len(messages), 1, user.name)
            self.assertIn("Knows the series", messages.body)

    def test_back_to_the_pool_and_not_given_out_by_itself(self):
        self.make_rule(users=self.third)
        lead = self.make_lead()
        self.assign(lead, mode="pool")
        self.assertFalse(lead.user_id)
        self.assertNotIn(lead, lead.search(lead._get_pool_domain()))

    def test_by_rule_never_to_the_same_person(self):
        self.make_rule(users=self.consultant | self.second)
        lead = self.make_lead()
        self.assign(lead, mode="rule")
        self.assertEqual(lead.user_id, self.second)

    def test_closed_leads_keep_their_consultant(self):
        lead = self.make_lead()
        lead.action_set_won()
        with self.assert_refused(UserError, "won or lost"):
            self.assign(lead, user_id=self.second.id)

    def test_reason_is_asked_for(self):
        lead = self.make_lead()
        with self.assert_refused(UserError, "say why"):
            self.assign(lead, user_id=self.second.id, reason=" ")

    def test_consultant_cannot_use_it(self):
        lead = self.make_lead()
        with self.assertRaises(AccessError):
            self.assign(lead, self.consultant, user_id=self.second.id)

    def test_consultant_writes_no_other_consultant(self):
        mine, pool = self.make_lead(), self.make_pool_lead()
        for lead, user in ((mine, self.second), (mine, False), (pool, self.second)):
            with self.assert_refused(AccessError, "sales manager"):
                self.call(
                    self.consultant,
                    "crm.lead",
                    "write",
                    lead.ids,
                    {"user_id": user and user.id},
                )
        self.call(
            self.consultant,
            "crm.lead",
            "write",
            pool.ids,
            {"user_id": self.consultant.id},
        )
        self.assertEqual(pool.user_id, self.consultant)
        with self.assertRaises(AccessError):
            self.call(
                self.second, "crm.lead", "write", mine.ids, {"user_id": self.second.id}
            )

    def test_manager_changes_the_consultant_on_the_form(self):
        lead = self.make_lead()
        promise = self.env["dealer.promise"].create(
            {"name": "Offer", "lead_id": lead.id, "user_id": self.consultant.id}
        )
        lead.with_user(self.manager).user_id = self.second
        self.assertEqual(promise.user_id, self.second)
        self.assertEqual(lead.assign_log_id.kind, "changed")

    def test_consultant_takes_a_lead_of_nobody(self):
        lead = self.make_pool_lead()
        self.call(self.consultant, "crm.lead", "action_take", lead.ids)
        self.assertEqual(lead.user_id, self.consultant)
        self.assertEqual(str(lead.next_contact_date), "2026-03-11")
        self.assertEqual(lead.assign_log_id.kind, "taken")

    def test_second_is_told_who_was_faster(self):
        lead = self.make_pool_lead()
        self.call(self.consultant, "crm.lead", "action_take", lead.ids)
        for user in (self.second, self.manager):
            with self.assert_refused(UserError, "Somebody was faster"):
                self.call(user, "crm.lead", "action_take", lead.ids)

    def test_candidates_by_conversion_then_load(self):
        """Acceptance of LEAD-23: the list is ordered, the manager may override."""
        self.car_model.series = "Lavida"
        twin = self.car_model.copy({"name": "Lavida Long", "series": "Lavida"})
        other = self.car_model.copy({"name": "Tiguan T", "series": "Tiguan"})
        for user, model, won in (
            (self.consultant, self.car_model, True),
            (self.consultant, self.car_model, False),
            (self.second, twin, True),
            (self.third, other, True),
        ):
            lead = self.make_lead(user_id=user.id, vehicle_model_id=model.id)
            lead.action_set_won() if won else lead.action_set_lost()
        old = self.make_lead(user_id=self.second.id)
        old.action_set_lost()
        old.date_closed = "2025-01-01 00:00:00"
        self.make_lead(user_id=self.third.id)
        lead = self.make_pool_lead()
        wizard = self.env["dealer.lead.assign"].with_user(self.manager)
        wizard = wizard.create({"lead_ids": [(6, 0, lead.ids)], "reason": "Big deal"})
        lines = wizard.line_ids.filtered(lambda x: x.user_id in self.everybody)
        self.assertEqual(
            [(x.user_id, x.won_count, x.closed_count, x.open_count) for x in lines],
            [
                (self.second, 1, 1, 0),
                (self.consultant, 1, 2, 0),
                (self.third, 0, 0, 1),
            ],
        )
        lines[1].action_choose()
        self.assertEqual(lead.user_id, self.consultant)

    def test_handover_is_logged_too(self):
        lead = self.make_lead()
        self.env["dealer.handover"].with_user(self.manager)._hand_over(
            self.consultant, self.second, ["leads"]
        )
        self.assertEqual(lead.assign_log_id.user_to_id, self.second)
        self.assertEqual(str(lead.assign_log_id.date.date()), TODAY)

    def test_merged_lead_keeps_the_way_of_both(self):
        phone = self.next_phone()
        leads = self.make_pool_lead(phone=phone) | self.make_pool_lead(phone=phone)
        leads.with_user(self.manager).write({"user_id": self.second.id})
        kept = leads.with_user(self.manager)._merge_opportunity()
        self.assertEqual(len(kept.sudo().assign_log_ids), 2)

    def test_staff_outside_of_sales_reads_no_assignment(self):
        lead = self.make_pool_lead()
        lead._log_assignment({lead.id: {"kind": "manual", "note": "Asked for Li"}})
        group = "dealer_crm.group_receptionist"
        logs = self.env["dealer.assign.log"]
        for user, count in ((self.make_user("desk", group), 0), (self.second, 1)):
            found = logs.with_user(user).search([("lead_id", "=", lead.id)])
            self.assertEqual(len(found), count)
