# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestHandover(DealerCrmCase):
    """Somebody leaves: all open work gets a new person, the past keeps his name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "dealer_crm.group_sales_consultant"
        cls.leaver = cls.make_user("leaver", group)
        cls.heir = cls.make_user("heir", group)
        cls.second = cls.make_user("second", group)
        cls.customer = cls.make_customer(user_id=cls.leaver.id)
        cls.lead = cls.make_lead(user_id=cls.leaver.id)
        cls.won = cls.make_lead(user_id=cls.leaver.id)
        cls.won.action_set_won()
        cls.car = cls.make_car(sales_user_id=cls.leaver.id, owner_id=cls.customer.id)
        cls.order = cls.env["sale.order"].create(
            {"partner_id": cls.customer.id, "user_id": cls.leaver.id}
        )
        cls.call = cls.lead.activity_schedule(
            "mail.mail_activity_data_call", user_id=cls.leaver.id
        )
        contacts = cls.env["dealer.contact"].with_user(cls.leaver)
        cls.contact = contacts.create({"lead_id": cls.lead.id, "content": "Met"})

    def open_wizard(self, user=None):
        wizards = self.env["dealer.reassign"].with_user(user or self.manager)
        action = wizards._open_for(self.leaver)
        return wizards.browse(action["res_id"])

    def flush_tracking(self):
        """Write the tracked changes, as the end of a request does."""
        self.env.flush_all()
        self.env.cr.flush()

    def hand_over(self, *receivers, user=None):
        wizard = self.open_wizard(user)
        wizard.to_user_ids = self.env["res.users"].union(*receivers)
        action = wizard.action_apply()
        logs = self.env["dealer.handover"].with_user(user or self.manager)
        return logs.browse(action["res_id"])

    def test_everything_open_is_listed(self):
        counts = {line.key: line.record_count for line in self.open_wizard().line_ids}
        self.assertEqual(
            counts,
            {
                "customers": 1,
                "leads": 1,
                "vehicles": 1,
                "quotations": 1,
                "activities": 1,
            },
        )

    def test_archived_user_leaves_nothing_unowned(self):
        self.leaver.active = False
        user = self.leaver.with_user(self.manager)
        self.assertEqual(user.dealer_work_count, 5)
        self.hand_over(self.heir)
        self.assertEqual(self.customer.user_id, self.heir)
        self.assertEqual(self.lead.user_id, self.heir)
        self.assertEqual(self.car.sales_user_id, self.heir)
        self.assertEqual(self.order.user_id, self.heir)
        self.assertEqual(self.lead.activity_ids.user_id, self.heir)
        user.invalidate_recordset()
        self.assertEqual(user.dealer_work_count, 0)

    def test_history_still_names_the_leaver(self):
        self.flush_tracking()
        logs = self.env["dealer.handover"].with_user(self.manager)
        logs = logs.with_context(tracking_disable=False, mail_notrack=False)
        logs._hand_over(self.leaver, self.heir, ["leads"])
        self.assertEqual(self.contact.user_id, self.leaver)
        self.assertEqual(self.won.user_id, self.leaver)
        self.flush_tracking()
        values = self.lead.message_ids.sudo().tracking_value_ids
        names = values.mapped(lambda v: (v.old_value_char, v.new_value_char))
        self.assertIn(("Leaver", "Heir"), names)

    def test_many_receivers_take_turns_and_customers_stay_whole(self):
        leads = self.env["crm.lead"]
        for _ in range(9):
            leads += self.make_lead(user_id=self.leaver.id)
        customers = self.env["res.partner"]
        for number in range(6):
            customer = self.make_customer(f"Sun {number}", user_id=self.leaver.id)
            leads += self.make_lead(user_id=self.leaver.id, partner_id=customer.id)
            customers += customer
        self.hand_over(self.heir, self.second)
        sizes = [
            len(leads.filtered(lambda x, u=user: x.user_id == u))
            for user in (self.heir, self.second)
        ]
        self.assertEqual(sum(sizes), 15)
        self.assertLessEqual(abs(sizes[0] - sizes[1]), 2)
        for lead in leads.filtered("partner_id"):
            self.assertEqual(lead.user_id, lead.partner_id.user_id)

    def test_only_chosen_kinds_move(self):
        wizard = self.open_wizard()
        wizard.line_ids.filtered(lambda x: x.key != "customers").is_selected = False
        wizard.to_user_ids = self.heir
        wizard.action_apply()
        self.assertEqual(self.customer.user_id, self.heir)
        self.assertEqual(self.lead.user_id, self.leaver)

    def test_undo_takes_back_what_nobody_moved_on(self):
        log = self.hand_over(self.heir)
        self.lead.user_id = self.second
        log.action_undo()
        self.assertEqual(log.state, "undone")
        self.assertEqual(self.customer.user_id, self.leaver)
        self.assertEqual(self.car.sales_user_id, self.leaver)
        self.assertEqual(self.lead.user_id, self.second)
        lines = {line.key: line.undone_count for line in log.line_ids}
        self.assertEqual((lines["customers"], lines["leads"]), (1, 0))
        log.action_undo()
        self.assertEqual(self.lead.user_id, self.second)

    def test_nothing_goes_back_to_somebody_archived(self):
        log = self.hand_over(self.heir)
        self.leaver.active = False
        with self.assert_refused(UserError, "archived"):
            log.action_undo()

    def test_log_counts_and_opens_the_records(self):
        log = self.hand_over(self.heir)
        self.assertEqual(log.record_count, 5)
        line = log.line_ids.filtered(lambda x: x.key == "leads")
        self.assertEqual(line.action_open()["domain"], [("id", "in", self.lead.ids)])

    def test_work_of_a_branch_nobody_works_in_is_left_and_told(self):
        self.manager.company_ids += self.other_branch
        self.leaver.company_ids += self.other_branch
        far = self.make_lead(user_id=self.leaver.id, company_id=self.other_branch.id)
        manager = self.manager.with_context(
            allowed_company_ids=(self.branch + self.other_branch).ids
        )
        logs = self.env["dealer.handover"].with_env(manager.env)
        log = logs._hand_over(self.leaver, self.heir, ["leads"])
        self.assertEqual(far.user_id, self.leaver)
        self.assertEqual((log.line_ids.record_count, log.line_ids.left_count), (1, 1))

    def test_consultant_hands_over_nothing(self):
        for method in ("_open_for", "_hand_over"):
            model = "dealer.reassign" if method == "_open_for" else "dealer.handover"
            records = self.env[model].with_user(self.second)
            arguments = [self.leaver]
            if method == "_hand_over":
                arguments += [self.second, ["leads"]]
            with self.assertRaises(AccessError):
                getattr(records, method)(*arguments)
        with self.assertRaises(AccessError):
            self.env["dealer.handover"].with_user(self.second).search([])

    def test_nobody_to_take_it(self):
        wizard = self.open_wizard()
        with self.assert_refused(UserError, "takes over"):
            wizard.action_apply()
        wizard.to_user_ids = self.leaver
        with self.assert_refused(UserError, "takes over"):
            wizard.action_apply()

    def test_log_is_written_by_the_system_only(self):
        log = self.hand_over(self.heir)
        with self.assertRaises(AccessError):
            log.with_user(self.manager).write({"state": "undone"})

    def test_cost_of_customers_does_not_grow(self):
        costs = []
        for size in (5, 50):
            for number in range(size):
                self.make_customer(f"Qian {number}", user_id=self.leaver.id)
            logs = self.env["dealer.handover"].with_user(self.manager)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            logs._hand_over(self.leaver, self.heir, ["customers"])
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(costs[1], costs[0] + 5)

    def test_customers_without_contact_for_60_days(self):
        talked = self.make_customer("Talked", user_id=self.manager.id)
        self.env["dealer.contact"].create({"partner_id": talked.id})
        action = self.env.ref("dealer_crm.res_partner_action_silent")
        self.assertIn("dealer_silent", action.context)
        arch = self.env.ref("dealer_crm.res_partner_view_search_silent").arch
        domain = arch.split('domain="')[1].split('"')[0].replace("&gt;", ">")
        partners = self.env["res.partner"].with_user(self.manager)
        found = partners.search(literal_eval(domain))
        self.assertIn(self.customer, found)
        self.assertNotIn(talked, found)
