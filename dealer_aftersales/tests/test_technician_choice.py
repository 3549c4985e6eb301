# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTechnicianChoice(AftersalesCase):
    """Which technician for a hard job: skilled and free first (SVC-20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "dealer_aftersales.group_technician"
        cls.free = cls.make_user("t_free", group)
        cls.busy = cls.make_user("t_busy", group)
        cls.lay = cls.make_user("t_lay", group)
        cls.north = cls.make_user("t_north", group, cls.other_branch)
        cls.ours = cls.free | cls.busy | cls.lay
        cls.skill = cls.env["dealer.skill"].create(
            {"name": "Gearbox", "user_ids": (cls.free | cls.busy | cls.north).ids}
        )
        cls.job = cls.env["product.product"].create(
            {"name": "Overhaul", "type": "service", "skill_ids": cls.skill.ids}
        )
        cls.order = cls.make_repair()
        cls.add_work(cls.busy, 5)

    @classmethod
    def add_work(cls, user, hours, order=None):
        return cls.env["dealer.repair.labor"].create(
            {
                "repair_id": (order or cls.order).id,
                "name": "Work",
                "hours": hours,
                "technician_id": user.id,
            }
        )

    def offer(self, product=None, user=None, name="", limit=None):
        users = self.env["res.users"].with_user(user or self.advisor)
        users = users.with_company(self.branch).with_context(
            dealer_technician_for=product.id if product else 0
        )
        return users.name_search(name, limit=limit)

    def rank(self, product=None):
        ids = self.ours.ids
        return [row[0] for row in self.offer(product) if row[0] in ids]

    def test_skilled_and_free_first(self):
        self.assertEqual(self.rank(self.job), [self.free.id, self.busy.id, self.lay.id])

    def test_without_a_skill_needed_the_free_ones_first(self):
        self.assertEqual(self.rank()[-1], self.busy.id)

    def test_only_technicians_of_the_branch(self):
        ids = {row[0] for row in self.offer(self.job)}
        self.assertIn(self.technician.id, ids)
        self.assertNotIn(self.north.id, ids)
        self.assertNotIn(self.consultant.id, ids)

    def test_technicians_stand_before_advisors(self):
        ids = [row[0] for row in self.offer(self.job)]
        self.assertLess(ids.index(self.lay.id), ids.index(self.advisor.id))

    def test_the_offer_says_hours_and_what_is_lacking(self):
        names = dict(self.offer(self.job))
        self.assertIn("5.0 h", names[self.busy.id])
        self.assertIn("Gearbox", names[self.lay.id])

    def test_typing_a_name_and_the_limit_still_work(self):
        found = self.offer(self.job, name=self.lay.name, limit=1)
        self.assertEqual([row[0] for row in found], [self.lay.id])

    def test_other_lists_of_users_stay_as_they_are(self):
        found = self.env["res.users"].name_search(self.busy.name)
        self.assertEqual(found, [(self.busy.id, self.busy.display_name)])

    def test_work_of_delivered_and_cancelled_orders_is_no_load(self):
        done = self.make_repair()
        self.add_work(self.free, 8, done)
        self.assertEqual(self.free.open_labor_hours, 8)
        done.action_deliver()
        self.free.invalidate_recordset()
        self.assertEqual(self.free.open_labor_hours, 0)

    def test_the_dialog_assigns(self):
        line = self.add_work(self.env["res.users"], 2)
        line.product_id = self.job
        action = line.with_user(self.advisor).action_assign()
        dialog = self.env[action["res_model"]].with_user(self.advisor)
        dialog = dialog.browse(action["res_id"])
        first = dialog.line_ids.filtered(lambda x: x.user_id in self.ours)[0]
        self.assertEqual((first.user_id, first.lacks), (self.free, False))
        first.action_choose()
        self.assertEqual(line.technician_id, self.free)

    def test_only_the_service_manager_says_who_can_what(self):
        skill = self.skill.with_user(self.service_manager)
        skill.user_ids = [(4, self.lay.id)]
        self.assertIn(self.skill, self.lay.skill_ids)
        for user in (self.advisor, self.lay):
            with self.assertRaises(AccessError):
                self.skill.with_user(user).name = "Mine"

    def test_many_technicians_cost_as_many_queries_as_few(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.offer(self.job)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(20):
            self.make_user(f"t_more{number}", "dealer_aftersales.group_technician")
        count()
        self.assertLessEqual(count(), few)
