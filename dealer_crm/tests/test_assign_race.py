# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from psycopg2.errors import LockNotAvailable, SerializationFailure


@tagged("post_install", "-at_install")
class TestAssignRace(TransactionCase):
    """Real transactions side by side: what they need is committed, then removed."""

    def setUp(self):
        super().setUp()
        with self.desk() as env:
            users = env["res.users"].with_context(no_reset_password=True)
            users = users.create([self.prepare_user(env, name) for name in "AB"])
            rule = env["dealer.assign.rule"].create(
                {
                    "name": "Race",
                    "sequence": -1,
                    "areas": "Race Town",
                    "company_id": False,
                    "user_ids": [(6, 0, users.ids)],
                }
            )
            quiet = env["crm.lead"].with_context(tracking_disable=True)
            leads = quiet.create(
                [{"name": f"Race {n}", "user_id": False} for n in "12"]
            )
            self.company_id = users.company_id.id
            self.user_ids, self.rule_id, self.lead_ids = users.ids, rule.id, leads.ids
        self.addCleanup(self.remove)

    def prepare_user(self, env, name):
        return {
            "name": f"Race {name}",
            "login": f"assign_race_{name}",
            "group_ids": [env.ref("dealer_crm.group_sales_consultant").id],
        }

    def remove(self):
        with self.desk() as env:
            env["crm.lead"].browse(self.lead_ids).unlink()
            env["dealer.assign.rule"].browse(self.rule_id).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    @contextmanager
    def desk(self, user_id=SUPERUSER_ID):
        """The environment of a transaction of its own, committed in the end."""
        with self.registry.cursor() as cr:
            context = {"tracking_disable": True}
            yield api.Environment(cr, user_id, context)

    def test_two_consultants_take_one_lead(self):
        first, second = self.user_ids
        with self.desk(first) as one, self.desk(second) as two:
            two.cr.execute("SET LOCAL lock_timeout = '100ms'")
            two.cr.execute("SELECT 1 FROM crm_lead LIMIT 1")  # sees the world of now
            one["crm.lead"].browse(self.lead_ids[0]).action_take()
            one.flush_all()
            lead = two["crm.lead"].browse(self.lead_ids[0])
            with mute_logger("odoo.sql_db"):
                with self.assertRaises(LockNotAvailable), two.cr.savepoint():
                    lead.action_take()
                one.cr.commit()
                with self.assertRaises(SerializationFailure), two.cr.savepoint():
                    lead.action_take()
            two.cr.rollback()
            two.invalidate_all()
            with self.assertRaises(UserError):
                lead.action_take()
            two.cr.rollback()
        with self.desk() as env:
            lead = env["crm.lead"].browse(self.lead_ids[0])
            self.assertEqual(lead.user_id.id, first)

    def test_two_enquiries_never_use_the_same_turn(self):
        with self.desk() as one, self.desk() as two:
            two.cr.execute("SET LOCAL lock_timeout = '100ms'")
            two.cr.execute("SELECT 1 FROM crm_lead LIMIT 1")
            self.assign(one, self.lead_ids[0])
            with mute_logger("odoo.sql_db"):
                with self.assertRaises(LockNotAvailable), two.cr.savepoint():
                    self.assign(two, self.lead_ids[1])
                one.cr.commit()
                with self.assertRaises(SerializationFailure), two.cr.savepoint():
                    self.assign(two, self.lead_ids[1])
            two.cr.rollback()
            two.invalidate_all()
            self.assign(two, self.lead_ids[1])
        with self.desk() as env:
            leads = env["crm.lead"].browse(self.lead_ids)
            self.assertEqual(set(leads.user_id.ids), set(self.user_ids))

    def assign(self, env, lead_id):
        lead = env["crm.lead"].browse(lead_id)
        lead.city = "Race Town"
        lead._assign_by_rules()
        env.flush_all()
