# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from psycopg2.errors import LockNotAvailable, SerializationFailure


@tagged("post_install", "-at_install")
class TestSurveyRoundTwoDesks(TransactionCase):
    """Real transactions side by side; nothing that is committed has changed."""

    @contextmanager
    def desk(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def lock(self, env):
        company = env.ref("base.main_company")
        env["dealer.survey.round"].new({"company_id": company.id})._lock()

    def test_second_drawing_looks_at_what_the_first_one_drew(self):
        with self.desk() as one, self.desk() as two:
            two.cr.execute("SET LOCAL lock_timeout = '100ms'")
            two.cr.execute("SELECT 1 FROM dealer_callback")  # the world of now
            self.lock(one)
            with mute_logger("odoo.sql_db"):
                with self.assertRaises(LockNotAvailable), two.cr.savepoint():
                    self.lock(two)
                one.cr.commit()
                with self.assertRaises(SerializationFailure), two.cr.savepoint():
                    self.lock(two)
            two.cr.rollback()
            self.lock(two)
            two.cr.rollback()
