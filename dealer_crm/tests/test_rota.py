# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .rota_common import RotaCase


@tagged("post_install", "-at_install")
class TestRota(RotaCase):
    def get_copies(self):
        return self.env["dealer.rota"].search(
            [("company_id", "=", self.branch.id), ("date", ">", self.rota.date)],
            order="date",
        )

    def copy_days(self, **values):
        wizard = self.env["dealer.rota.copy"].with_user(self.manager)
        return wizard.create({"rota_id": self.rota.id, **values}).action_copy()

    def test_manager_confirms_and_the_rota_says_who(self):
        self.press(self.manager, self.rota, "action_confirm")
        self.assertEqual(self.rota.state, "confirmed")
        self.assertEqual(self.rota.confirmed_by_id, self.manager)
        self.assertTrue(self.rota.confirmed_on)
        self.press(self.manager, self.rota, "action_reset")
        self.assertEqual(
            (self.rota.state, self.rota.confirmed_by_id.id), ("draft", False)
        )

    def test_consultant_and_reception_confirm_nothing(self):
        for user in (self.first, self.desk):
            for method in ("action_confirm", "action_reset", "action_add_consultants"):
                with self.assert_refused(AccessError, "."):
                    self.press(user, self.rota, method)
            with self.assert_refused(AccessError, "."):
                self.press(user, self.rota, "write", {"note": "mine"})

    def test_empty_rota_is_not_confirmed(self):
        self.rota.line_ids.unlink()
        with self.assert_refused(UserError, "nobody is on it"):
            self.press(self.manager, self.rota, "action_confirm")

    def test_system_fields_are_refused_from_clients(self):
        day = self.rota.date + timedelta(days=30)
        for values in (
            {"state": "confirmed"},
            {"confirmed_by_id": self.manager.id},
            {"turn_number": 5},
            {"last_line_id": self.rota.line_ids[0].id},
        ):
            with self.assert_refused(AccessError, "noted by the system"):
                self.press(self.manager, self.rota, "write", values)
            with self.assert_refused(AccessError, "noted by the system"):
                self.call(
                    self.manager, "dealer.rota", "create", {"date": day, **values}
                )
        with self.assert_refused(AccessError, "counted by the system"):
            self.press(self.manager, self.rota.line_ids, "write", {"turn_count": 9})

    def test_defaults_in_the_context_confirm_nothing(self):
        rotas = self.env["dealer.rota"].with_context(default_state="confirmed")
        day = self.rota.date + timedelta(days=30)
        made = self.call(self.manager, rotas, "create", {"date": day})
        self.assertEqual(self.env["dealer.rota"].browse(made).state, "draft")

    def test_person_says_it_for_himself_and_the_desk_for_all(self):
        own, other = self.get_line(self.first), self.get_line(self.second)
        self.press(self.first, own, "action_busy")
        self.assertEqual(own.state, "busy")
        with self.assert_refused(AccessError, "your own duty only"):
            self.press(self.first, other, "action_absent")
        for user in (self.desk, self.manager):
            self.press(user, other, "action_absent")
            self.assertEqual(other.state, "absent")
            self.press(user, other, "action_on_duty")
            self.assertEqual(other.state, "on_duty")

    def test_day_that_is_over_stays(self):
        self.rota.date -= timedelta(days=1)
        with self.assert_refused(UserError, "is over"):
            self.press(self.first, self.get_line(self.first), "action_busy")

    def test_one_rota_per_branch_and_day(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.make_rota(self.first)
        self.assertTrue(self.make_rota(company_id=self.other_branch.id))

    def test_person_stands_once_on_a_rota(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.rota.line_ids = [Command.create({"user_id": self.first.id})]

    def test_only_consultants_of_the_branch_take_turns(self):
        other = self.make_user(
            "north", "dealer_crm.group_sales_consultant", self.other_branch
        )
        for user in (self.desk, other):
            with self.assert_refused(ValidationError, "no sales consultant"):
                self.rota.line_ids = [Command.create({"user_id": user.id})]

    def test_hours_that_make_no_sense_are_refused(self):
        for hours in ((13, 9), (9, 0), (20, 25), (-1, 5)):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                values = dict(zip(("time_from", "time_to"), hours, strict=True))
                self.get_line(self.first).write(values)

    def test_all_consultants_are_added_once_and_managers_are_not(self):
        self.press(self.manager, self.rota, "action_add_consultants")
        self.press(self.manager, self.rota, "action_add_consultants")
        users = self.rota.line_ids.user_id
        self.assertIn(self.consultant, users)
        self.assertNotIn(self.manager, users)
        self.assertEqual(self.rota.line_ids[:3].user_id[0], self.first)
        self.assertEqual(len(users), len(self.rota.line_ids))

    def test_copy_to_next_days_keeps_the_rotas_that_are_there(self):
        self.get_line(self.second).state = "absent"
        kept = self.make_rota(self.third, date=self.rota.date + timedelta(days=2))
        self.copy_days(days=3)
        copies = self.get_copies()
        self.assertEqual(len(copies), 3)
        self.assertEqual(copies[1], kept)
        self.assertEqual(
            copies[0].line_ids.user_id, self.first | self.second | self.third
        )
        self.assertEqual(set(copies[0].line_ids.mapped("state")), {"on_duty"})
        self.assertEqual(set((copies - kept).mapped("state")), {"draft"})

    def test_week_is_repeated_by_weekday(self):
        self.make_rota(self.third, date=self.rota.date - timedelta(days=5))
        self.copy_days(days=7, mode="week")
        copies = self.get_copies()
        self.assertEqual(
            [((c.date - self.rota.date).days, c.line_ids.user_id) for c in copies],
            [(2, self.third), (7, self.first | self.second | self.third)],
        )

    def test_copy_says_what_is_wrong_with_the_number(self):
        for days in (0, 63):
            with self.assert_refused(UserError, "Number of Days"):
                self.copy_days(days=days)

    def test_person_who_left_is_not_copied(self):
        self.second.active = False
        self.copy_days(days=1)
        self.assertEqual(self.get_copies().line_ids.user_id, self.first | self.third)

    def test_duplicate_gets_a_free_day(self):
        copy = self.rota.copy()
        self.assertEqual(copy.date, self.rota.date + timedelta(days=1))
        self.assertEqual(len(copy.line_ids), 3)
        self.assertEqual(copy.turn_number, 0)

    def test_rota_of_a_day_prints_with_its_people(self):
        self.get_line(self.second).write({"state": "absent", "position": "Door"})
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dealer_crm.report_rota", self.rota.ids
        )
        text = content.decode()
        for word in ("Turn1", "Turn2", "Turn3", "Door", "Absent", "All day"):
            self.assertIn(word, text)

    def test_other_branch_and_other_staff_see_no_rota(self):
        north = self.make_user(
            "north", "dealer_crm.group_sales_consultant", self.other_branch
        )
        self.assertFalse(self.env["dealer.rota"].with_user(north).search([]))
        clerk = self.make_user("clerk", "dealer_crm.group_dealer_user")
        self.assertFalse(self.env["dealer.rota"].with_user(clerk).has_access("read"))
