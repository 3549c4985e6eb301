# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClubEvent(AftersalesCase):
    """Registration, one confirmation, attendance in the timeline (LOY-06, MKT-09)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "li@example.com"
        cls.event = cls.make_event()

    @classmethod
    def make_event(cls, **values):
        event = cls.env["dealer.club.event"].create(
            {
                "name": "Owners' salon",
                "date_begin": "2026-03-14 06:00:00",
                "place": "Showroom",
                "company_id": cls.branch.id,
                **values,
            }
        )
        event.action_open()
        return event

    def register(self, user=None, **values):
        entries = self.env["dealer.club.registration"].with_user(user or self.care)
        return entries.create(
            {"event_id": self.event.id, "partner_id": self.customer.id, **values}
        )

    def mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "dealer.club.registration")]
        )

    def test_registration_makes_one_confirmation(self):
        entry = self.register()
        self.assertEqual(len(self.mails()), 1)
        self.assertIn("Owners' salon", self.mails().subject)
        self.assertEqual((entry.state, entry.confirmed_by), ("confirmed", "email"))
        entry.action_send_confirmation()
        entry._send_confirmations()
        self.assertEqual(len(self.mails()), 1)
        contact = entry.contact_id
        self.assertEqual(
            (contact.partner_id, contact.channel), (self.customer, "email")
        )

    def test_who_cannot_be_written_to_is_on_the_list(self):
        self.customer.email = False
        self.customer._note_consent(["sms"], ["service"], "withdrawn", "call")
        entry = self.register()
        self.assertEqual(entry.state, "registered")
        self.assertTrue(entry.confirmation_problem)
        self.assertEqual(self.event.unconfirmed_count, 1)
        action = self.env.ref(
            "dealer_aftersales.dealer_club_registration_action_unconfirmed"
        )
        self.assertIn("search_default_unconfirmed", action.context)
        entry.action_confirm_by_phone()
        self.assertEqual((entry.state, entry.confirmed_by), ("confirmed", "phone"))
        self.assertEqual(entry.contact_id.outcome, "reached")
        with self.assertRaisesRegex(UserError, "already"):
            entry.action_confirm_by_phone()

    def test_refused_sms_takes_the_confirmation_back(self):
        self.customer.email = False
        entry = self.register()
        self.assertEqual((entry.state, entry.confirmed_by), ("confirmed", "sms"))
        message = self.env["sms.sms"].search([("partner_id", "=", self.customer.id)])
        message.write({"state": "error", "failure_type": "sms_number_format"})
        self.assertEqual(self.env["dealer.contact"]._follow_sms(), 1)
        self.assertEqual((entry.state, entry.date_confirmed), ("registered", False))
        self.assertEqual(entry.confirmation_problem, "Wrong Number Format")
        self.assertEqual(self.event.unconfirmed_count, 1)
        entry.action_confirm_by_phone()
        self.assertEqual(
            (entry.state, entry.confirmation_problem), ("confirmed", False)
        )

    def test_consent_to_service_mail_is_asked(self):
        channels = ["email", "sms"]
        self.customer._note_consent(channels, ["service"], "withdrawn", "call")
        entry = self.register()
        self.assertEqual(entry.state, "registered")
        self.assertFalse(self.mails())
        self.assertIn("withdrawn", entry.confirmation_problem)

    def test_guest_without_a_file_is_written_to_at_his_address(self):
        entry = self.register(partner_id=False, name="Guest", email="g@example.com")
        self.assertEqual(
            (entry.state, self.mails().email_to), ("confirmed", "g@example.com")
        )
        self.assertEqual(entry.contact_id.visitor_name, "Guest")

    def test_failing_message_does_not_stop_the_registration(self):
        self.event.template_id.subject = "{{ object.nothing_there }}"
        with mute_logger(
            "odoo.addons.dealer_aftersales.models.dealer_club_registration_send",
            "odoo.addons.mail.models.mail_render_mixin",
        ):
            entry = self.register()
        self.assertEqual(entry.state, "registered")
        self.assertEqual(
            entry.confirmation_problem,
            "the message could not be made; the server log says why",
        )

    def test_attendance_shows_in_the_timeline(self):
        entry = self.register()
        entry.action_attended()
        page = self.customer.with_user(self.care).get_dealer_timeline()
        event = next(e for e in page["events"] if e["kind"] == "event")
        self.assertIn("salon", event["title"])
        self.assertEqual(self.customer.with_user(self.care).club_count, 1)
        self.assertEqual(self.event.attended_count, 1)

    def test_coming_event_is_planned_on_the_overview(self):
        self.register()
        lines = self.customer.with_user(self.care)._get_desk_next()
        self.assertIn("Owners' salon", [line["text"] for line in lines])

    def test_follow_up_call_after_the_event(self):
        came, absent = (
            self.register(),
            self.register(partner_id=self.make_customer("Absent").id),
        )
        came.action_attended()
        absent.action_absent()
        policy = self.env.ref("dealer_aftersales.policy_club_event").copy(
            {"date_start": "2026-01-01", "filed_only": False}
        )
        [call] = self.run_policy(policy)
        self.assertEqual(
            (call.partner_id, str(call.date_due)), (self.customer, "2026-03-16")
        )

    def test_seats_are_limited(self):
        self.event.seats = 2
        self.register(persons=2)
        with self.assertRaisesRegex(ValidationError, "has 2 seats"):
            self.register(partner_id=self.make_customer("Late").id)
        self.event.registration_ids.action_cancel()
        self.assertTrue(self.register(partner_id=self.make_customer("Late").id))

    def test_nobody_registers_twice_or_too_late(self):
        self.register()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.register()
        self.event.action_done()
        with self.assertRaisesRegex(ValidationError, "takes no registrations"):
            self.register(partner_id=self.make_customer("Late").id)

    def test_states_move_by_their_buttons(self):
        entry = self.register()
        with self.assertRaises(AccessError):
            entry.state = "attended"
        with self.assertRaises(AccessError):
            self.event.with_user(self.care).state = "done"
        entry.action_attended()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            entry.action_cancel()
        entry.action_register_again()
        self.assertEqual(entry.state, "confirmed")

    def test_points_for_coming_follow_attendance(self):
        self.branch.points_system = "own"
        self.event.points = 30
        entry = self.register()
        balances = []
        for step in ("attended", "absent", "attended", "attended"):
            if step != "attended" or entry.state != "attended":
                getattr(entry, f"action_{step}")()
            self.customer.invalidate_recordset()
            balances.append(self.customer.with_company(self.branch).points_balance)
        self.assertEqual(balances, [30, 0, 30, 30])

    def test_event_with_registrations_is_not_deleted(self):
        self.register()
        with self.assertRaisesRegex(UserError, "cancel it"):
            self.event.unlink()

    def test_events_app_is_linked_where_it_is_there(self):
        event = self.event.with_user(self.service_manager)
        if "event.event" not in self.env:
            self.assertFalse(event.has_event_app)
            with self.assertRaisesRegex(UserError, "Install"):
                event.action_open_event_app()
            return
        self.service_manager.group_ids += self.env.ref("event.group_event_manager")
        action = event.action_open_event_app()
        self.assertEqual(action, event.action_open_event_app())

    def test_list_of_events_costs_the_same_for_many(self):
        names = ["seats_taken", "registration_count", "unconfirmed_count"]
        many = self.event
        for _number in range(8):
            many |= self.make_event()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.care).read(names)
            return self.env.cr.sql_log_count - before

        count(many)
        self.assertLessEqual(count(many), count(self.event) + 1)

    def test_other_branch_sees_nothing(self):
        entry = self.register()
        for record in (self.event, entry):
            self.assertFalse(record.with_user(self.care_north).has_access("read"))

    def test_erased_person_leaves_a_number(self):
        entry = self.register(note="Vegetarian")
        self.customer._empty_ledger()
        self.assertEqual((entry.name, entry.note), ("–", False))
        sources = {s["model"] for s in self.customer._get_privacy_sources()}
        self.assertLessEqual(
            {"dealer.membership", "dealer.points.line", "dealer.club.registration"},
            sources,
        )

    def test_leaver_gives_away_his_events(self):
        self.event.user_id = self.care
        logs = self.env["dealer.handover"].with_user(self.service_manager)
        logs._hand_over(self.care, self.care_two, ["club_events"])
        self.assertEqual(self.event.user_id, self.care_two)

    def test_campaign_counts_its_guests(self):
        campaign = self.env["utm.campaign"].create(
            {"title": "T", "company_id": self.branch.id}
        )
        self.event.campaign_id = campaign
        self.register(persons=3).action_attended()
        self.assertEqual(campaign.with_user(self.care).attendance_count, 3)

    def test_points_go_to_the_guest_who_was_meant(self):
        self.branch.points_system = "own"
        self.event.points = 30
        other = self.make_customer("Meant")
        entry = self.register()
        entry.action_attended()

        def balances():
            people = (self.customer | other).with_company(self.branch)
            people.invalidate_recordset()
            return people.mapped("points_balance")

        entry.partner_id = other
        self.assertEqual(balances(), [0, 30])
        entry.action_absent()
        self.assertEqual(balances(), [0, 0])

    def test_nobody_registers_whom_he_may_not_read(self):
        """A guessed id tells no name: of a person, a lead or an event."""
        front = self.make_user("front", "dealer_crm.group_receptionist")
        north = self.make_customer("North", company_id=self.other_branch.id)
        foreign = self.make_lead(user_id=False, company_id=self.other_branch.id)
        event = self.make_event(company_id=self.other_branch.id)
        guesses = (
            {"partner_id": north.id},
            {"lead_id": foreign.id, "partner_id": False, "name": "Guess"},
            {"event_id": event.id},
        )
        for user in (self.consultant, self.advisor, self.care, front):
            entry = self.register(user, partner_id=self.make_customer(user.name).id)
            for values in guesses:
                with self.subTest(user=user.login, values=values):
                    with self.assertRaises(AccessError):
                        entry.write(values)
                    with self.assertRaises(AccessError):
                        self.register(user, **values)
            self.assertEqual(entry.name, user.name)
        self.assertEqual(self.event.registration_count, 4)
        self.assertFalse(event.registration_ids)

    def test_staff_registers_whom_it_may_read(self):
        front = self.make_user("front", "dealer_crm.group_receptionist")
        for user in (self.consultant, self.advisor, self.service_manager, front):
            customer = self.make_customer(user.name)
            entry = self.register(user, partner_id=customer.id)
            self.assertEqual(entry.with_user(user).name, user.name)
        lead = self.make_lead(contact_name="Known")
        entry = self.register(self.consultant, partner_id=False, lead_id=lead.id)
        self.assertEqual(entry.name, "Known")
        with self.assertRaises(AccessError):
            self.register(self.advisor, partner_id=False, lead_id=lead.id)
