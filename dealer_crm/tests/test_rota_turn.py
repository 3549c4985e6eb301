# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged

from .rota_common import RotaCase


@tagged("post_install", "-at_install")
class TestRotaTurn(RotaCase):
    @contextmanager
    def told(self):
        """Collects who is told what: [(login, title)]."""
        seen = []

        def send(users, kind, message, **kwargs):
            seen.extend((user.login, message["title"]) for user in users)

        with patch.object(type(self.env["res.users"]), "_bus_send", send):
            yield seen

    def test_turns_go_round(self):
        taken = [self.take() for _ in range(4)]
        self.assertEqual(taken, [self.first, self.second, self.third, self.first])
        self.assertEqual(self.rota.line_ids.mapped("turn_count"), [2, 1, 1])

    def test_busy_person_is_skipped_and_does_not_lose_the_place(self):
        self.get_line(self.second).state = "busy"
        self.assertEqual([self.take() for _ in range(2)], [self.first, self.third])
        self.get_line(self.second).state = "on_duty"
        self.assertEqual([self.take() for _ in range(2)], [self.first, self.second])

    def test_absent_person_is_skipped(self):
        self.get_line(self.first).state = "absent"
        self.assertEqual(self.take(), self.second)

    def test_looking_uses_no_turn(self):
        self.assertEqual(self.peek(), self.first)
        self.assertEqual(self.peek(), self.first)
        self.assertEqual(self.take(), self.first)
        self.assertEqual(self.peek(), self.second)

    def test_proposed_person_who_is_no_longer_next_is_replaced(self):
        proposed = self.peek()
        self.take()
        self.assertEqual(self.take(user=proposed), self.second)

    def test_nobody_free_means_nobody(self):
        self.rota.line_ids.state = "busy"
        with self.told() as seen:
            self.assertFalse(self.take())
        self.assertFalse(seen)
        self.assertFalse(self.rota.turn_number)

    def test_no_rota_today_means_nobody(self):
        self.rota.unlink()
        self.assertFalse(self.peek())
        self.assertFalse(self.take())

    def test_hours_of_duty_are_those_of_the_branch(self):
        line = self.get_line(self.first)
        line.write({"time_from": 9, "time_to": 13})
        day = self.rota.date
        with freeze_time(f"{day} 02:00:00"):  # ten o'clock in Shanghai
            self.assertEqual(self.peek(), self.first)
        with freeze_time(f"{day} 05:00:00"):  # one o'clock: over
            self.assertEqual(self.peek(), self.second)

    def test_person_without_account_is_skipped(self):
        self.first.active = False
        self.assertEqual(self.take(), self.second)

    def test_taken_and_following_person_are_told(self):
        with self.told() as seen:
            self.take()
        self.assertEqual(
            seen, [("test_turn1", "Your visitor"), ("test_turn2", "You are next")]
        )

    def test_order_changed_by_hand_goes_on_after_the_last_one(self):
        self.take()
        self.get_line(self.second).sequence = 9
        self.assertEqual([self.take() for _ in range(2)], [self.third, self.second])

    def test_deleted_line_of_the_last_turn_leaves_nobody_out(self):
        self.take()
        self.take()
        self.get_line(self.second).unlink()
        self.assertEqual(self.take(), self.third)
        self.get_line(self.third).unlink()
        self.assertEqual(self.take(), self.first)

    def test_each_branch_has_its_own_turn(self):
        other = self.make_user(
            "north", "dealer_crm.group_sales_consultant", self.other_branch
        )
        self.make_rota(other, company_id=self.other_branch.id)
        self.assertEqual(self.take(), self.first)
        rotas = self.env["dealer.rota"]
        self.assertEqual(rotas._take_turn(self.other_branch), other)
        self.assertEqual(self.take(), self.second)

    def test_long_rota_asks_no_more_often(self):
        counts = []
        for number in (3, 30):
            users = self.rota.line_ids.user_id
            for index in range(number - len(users)):
                user = self.make_user(
                    f"more{index}", "dealer_crm.group_sales_consultant"
                )
                self.rota.line_ids = [(0, 0, {"user_id": user.id, "sequence": 50})]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.peek()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_warning_until_the_rota_is_confirmed(self):
        rotas = self.env["dealer.rota"].with_user(self.desk)
        self.assertIn("not confirmed", rotas._get_rota_warning(self.branch))
        self.rota.with_user(self.manager).action_confirm()
        self.assertEqual(rotas._get_rota_warning(self.branch), "")
        self.rota.unlink()
        self.assertIn("no rota", rotas._get_rota_warning(self.branch))

    def test_absent_person_is_off_duty_for_other_work_too(self):
        rotas = self.env["dealer.rota"].with_user(self.desk)
        self.get_line(self.second).state = "absent"
        self.assertTrue(rotas._is_on_duty(self.first, self.branch))
        self.assertFalse(rotas._is_on_duty(self.second, self.branch))
        self.assertTrue(rotas._is_on_duty(self.consultant, self.branch))
        self.assertEqual(rotas._get_absent_users(self.branch), self.second)
