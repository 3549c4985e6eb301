# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

KIND = "dealer_crm.mail_activity_type_follow_up"
TOMORROW = date(2026, 3, 11)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowUp(DealerCrmCase):
    """The planned contact: one truth in the lead's date and in its activity."""

    def open_follow_ups(self, lead):
        return lead.activity_search([KIND])

    def test_assigned_lead_is_contacted_within_a_day(self):
        lead = self.make_lead(user_id=False)
        self.assertFalse(lead.next_contact_date)
        lead.with_user(self.manager).user_id = self.consultant
        self.assertEqual(lead.next_contact_date, TOMORROW)
        self.assertEqual(self.open_follow_ups(lead).user_id, self.consultant)

    def test_closed_lead_given_to_somebody_waits_for_nobody(self):
        lead = self.make_lead()
        lead.action_set_won()
        lead.user_id = self.manager
        self.assertFalse(lead.next_contact_date)

    def test_reopened_lead_is_planned_again(self):
        lost, won = self.make_lead(), self.make_lead()
        lost.action_set_lost()
        won.action_set_won()
        lost.with_user(self.consultant).action_unarchive()
        won.with_user(self.consultant).write(
            {"stage_id": self.env.ref("dealer_crm.stage_contact").id, "probability": 10}
        )
        for lead in lost + won:
            self.assertEqual(lead.won_status, "pending")
            self.assertEqual(lead.next_contact_date, TOMORROW)
            self.assertEqual(self.open_follow_ups(lead).date_deadline, TOMORROW)

    def test_activity_done_is_a_logged_contact(self):
        lead = self.make_lead(grade_id=self.env.ref("dealer_crm.grade_a").id)
        activity = self.open_follow_ups(lead).with_user(self.consultant)
        with freeze_time("2026-03-17 04:00:00"):
            activity.action_feedback(feedback="Comes on Saturday")
            self.assertRecordValues(
                lead.contact_ids,
                [
                    {
                        "user_id": self.consultant.id,
                        "outcome": "reached",
                        "content": "Comes on Saturday",
                        "next_contact_date": date(2026, 3, 24),
                    }
                ],
            )
            self.assertEqual(lead.next_contact_date, date(2026, 3, 24))
            following = self.open_follow_ups(lead)
            self.assertEqual(following.date_deadline, date(2026, 3, 24))
        self.assertEqual(activity.state, "done")

    def test_contact_of_the_dialog_is_logged_once(self):
        lead = self.make_lead()
        self.log_contact(lead, content="Once")
        self.assertEqual(len(lead.contact_ids), 1)

    def test_switch_of_the_program_is_not_for_clients(self):
        lead = self.make_lead()
        activity = self.open_follow_ups(lead)
        self.call(
            self.consultant,
            self.env["mail.activity"].with_context(dealer_contact_logged=True),
            "action_feedback",
            activity.ids,
            feedback="Comes on Saturday",
        )
        self.assertEqual(len(lead.contact_ids), 1)

    def test_activity_moved_moves_the_date(self):
        lead, other = self.make_lead(), self.make_lead()
        activity = self.open_follow_ups(lead).with_user(self.consultant)
        activity.date_deadline = "2026-03-20"
        self.assertEqual(lead.next_contact_date, date(2026, 3, 20))
        self.assertEqual(other.next_contact_date, TOMORROW)
        self.assertEqual(len(self.open_follow_ups(lead)), 1)

    def test_other_activities_have_nothing_to_do_with_it(self):
        lead = self.make_lead()
        todo = lead.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.consultant.id
        ).with_user(self.consultant)
        todo.date_deadline = "2026-03-20"
        todo.action_feedback(feedback="Sent the brochure")
        self.assertEqual(lead.next_contact_date, TOMORROW)
        self.assertFalse(lead.contact_ids)

    def test_lead_without_customer_is_deleted_with_its_contacts(self):
        lead = self.make_lead()
        contact = self.log_contact(lead)
        lead.with_user(self.manager).unlink()
        self.assertFalse(contact.exists())

    def test_contacts_of_a_customer_outlive_the_lead(self):
        lead = self.make_lead(partner_id=self.make_customer().id)
        contact = self.log_contact(lead)
        lead.with_user(self.manager).unlink()
        self.assertTrue(contact.exists())
        self.assertFalse(contact.lead_id)

    def test_leads_of_two_branches_are_merged(self):
        head = self.make_user("head", "dealer_crm.group_general_manager")
        head.company_ids += self.other_branch
        here = self.make_lead()
        there = self.make_lead(company_id=self.other_branch.id, user_id=head.id)
        contacts = self.log_contact(here) + self.log_contact(
            there.with_user(head), user=head
        )
        leads = (here + there).with_user(head)
        leads = leads.with_context(
            allowed_company_ids=(self.branch + self.other_branch).ids
        )
        remaining = leads.merge_opportunity()
        contacts = contacts.sudo()
        self.assertEqual(contacts.lead_id, remaining)
        self.assertEqual(contacts.company_id, self.branch + self.other_branch)
