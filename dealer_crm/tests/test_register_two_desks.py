# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import SerializationFailure

from . import test_rota_two_desks


@tagged("post_install", "-at_install")
class TestRegisterTwoDesks(test_rota_two_desks.TestRotaTwoDesks):
    """Two receptionists save a first visit at once: two consultants get them."""

    test_two_desks_never_give_the_same_turn = None
    test_even_the_only_free_person_is_counted_twice = None

    def remove(self):
        with self.desk() as env:
            lines = env["dealer.contact"].search([("user_id", "in", self.user_ids)])
            lines.unlink()
        return super().remove()

    def register(self, env, name):
        line = env["dealer.contact"].create(
            {
                "channel": "visit",
                "purpose": "look",
                "visitor_name": name,
                "company_id": self.company_id,
            }
        )
        env.flush_all()
        return line.user_id.id

    def test_the_second_line_waits_and_gets_the_next_consultant(self):
        with self.desk() as one, self.desk() as two:
            two.cr.execute("SELECT 1 FROM dealer_rota")  # sees the world of now
            first = self.register(one, "Sun Testa")
            one.cr.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(SerializationFailure),
                two.cr.savepoint(),
            ):
                self.register(two, "Qian Testa")
            two.cr.rollback()  # the server repeats the request
            two.invalidate_all()
            second = self.register(two, "Qian Testa")
        self.assertEqual({first, second}, set(self.user_ids))
