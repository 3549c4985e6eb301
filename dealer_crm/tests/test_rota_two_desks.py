# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from psycopg2.errors import LockNotAvailable, SerializationFailure


@tagged("post_install", "-at_install")
class TestRotaTwoDesks(TransactionCase):
    """Real transactions side by side: what they need is committed, then removed."""

    def setUp(self):
        super().setUp()
        with self.desk() as env:
            made = env["res.users"].with_context(no_reset_password=True)
            users = made.create([self.prepare_user(env, name) for name in "AB"])
            self.company_id = users.company_id.id
            rota = env["dealer.rota"].create(
                {
                    "company_id": self.company_id,
                    "date": users.company_id._get_dealer_today(),
                    "line_ids": [
                        Command.create({"user_id": user.id}) for user in users
                    ],
                }
            )
            self.rota_id, self.user_ids = rota.id, users.ids
        self.addCleanup(self.remove)

    def prepare_user(self, env, name):
        return {
            "name": f"Turn {name}",
            "login": f"two_desks_{name}",
            "group_ids": [env.ref("dealer_crm.group_sales_consultant").id],
        }

    def remove(self):
        with self.desk() as env:
            env["dealer.rota"].browse(self.rota_id).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    @contextmanager
    def desk(self):
        """The environment of a transaction of its own, committed in the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def take(self, env):
        company = env["res.company"].browse(self.company_id)
        return env["dealer.rota"]._take_turn(company).id

    def test_two_desks_never_give_the_same_turn(self):
        with self.desk() as one, self.desk() as two:
            two.cr.execute("SET LOCAL lock_timeout = '100ms'")
            two.cr.execute("SELECT 1 FROM dealer_rota")  # sees the world of now
            first = self.take(one)
            with mute_logger("odoo.sql_db"):
                with self.assertRaises(LockNotAvailable), two.cr.savepoint():
                    self.take(two)
                one.cr.commit()
                with self.assertRaises(SerializationFailure), two.cr.savepoint():
                    self.take(two)
            two.cr.rollback()
            second = self.take(two)
        self.assertEqual({first, second}, set(self.user_ids))

    def test_even_the_only_free_person_is_counted_twice(self):
        with self.desk() as env:
            line = env["dealer.rota"].browse(self.rota_id).line_ids[:1]
            line.state = "absent"
        with self.desk() as one, self.desk() as two:
            two.cr.execute("SELECT 1 FROM dealer_rota")
            self.take(one)
            one.cr.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(SerializationFailure),
                two.cr.savepoint(),
            ):
                self.take(two)
