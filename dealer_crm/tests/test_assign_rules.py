# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import NOW, DealerCrmCase


class AssignCase(DealerCrmCase):
    """Three consultants, and rules made by a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.assign.rule"].search([]).active = False
        group = "dealer_crm.group_sales_consultant"
        cls.second = cls.make_user("second", group)
        cls.third = cls.make_user("third", group)
        cls.everybody = cls.consultant | cls.second | cls.third
        cls.web = cls.env["utm.source"].create({"name": "Web T"})

    @classmethod
    def make_rule(cls, name="All", users=None, **values):
        users = cls.everybody if users is None else users
        return cls.env["dealer.assign.rule"].create(
            {
                "name": name,
                "company_id": cls.branch.id,
                "user_ids": [(6, 0, users.ids)],
                **values,
            }
        )

    def make_pool_lead(self, **values):
        return self.make_lead(user_id=False, **values)

    def mark_absent(self, user):
        self.env["dealer.rota"].create(
            {
                "company_id": self.branch.id,
                "date": self.branch._get_dealer_today(),
                "line_ids": [(0, 0, {"user_id": user.id, "state": "absent"})],
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssignRules(AssignCase):
    """Leads of nobody find their consultant by the manager's rules."""

    def test_three_rules_six_leads(self):
        """Acceptance of LEAD-03: each lead lands as the rule says."""
        self.car_model.series = "Lavida"
        other_car = self.car_model.copy({"name": "Tiguan T", "series": "Tiguan"})
        self.make_rule(
            "Web, Jiangning",
            self.consultant | self.second,
            sequence=1,
            source_ids=[(6, 0, self.web.ids)],
            areas="江宁，浦口",
        )
        self.make_rule("Tiguan", self.third, sequence=2, series="tiguan, Touran")
        self.make_rule(
            "Web", self.second, sequence=3, source_ids=[(6, 0, self.web.ids)]
        )
        near = {
            "source_id": self.web.id,
            "city": "南京市",
            "street": "江宁区天元路 1 号",
        }
        far = {"source_id": self.web.id, "city": "苏州市"}
        leads = self.env["crm.lead"].union(
            self.make_pool_lead(**near),
            self.make_pool_lead(**near),
            self.make_pool_lead(**near, vehicle_model_id=other_car.id),
            self.make_pool_lead(vehicle_model_id=other_car.id),
            self.make_pool_lead(**far),
            self.make_pool_lead(),
        )
        self.assertEqual(
            [lead.user_id for lead in leads],
            [
                self.consultant,
                self.second,
                self.consultant,
                self.third,
                self.second,
                self.env["res.users"],
            ],
        )

    def test_assigned_lead_has_its_follow_up(self):
        self.make_rule(users=self.second)
        lead = self.make_pool_lead()
        self.assertTrue(lead.next_contact_date)
        self.assertEqual(lead.activity_ids.user_id, self.second)

    def test_absent_consultant_is_passed_over(self):
        self.mark_absent(self.consultant)
        self.make_rule(users=self.consultant | self.second)
        leads = [self.make_pool_lead() for _number in range(2)]
        self.assertEqual([lead.user_id for lead in leads], [self.second] * 2)

    def test_who_left_or_works_elsewhere_is_passed_over(self):
        self.second.active = False
        self.third.write(
            {
                "company_ids": [(6, 0, self.other_branch.ids)],
                "company_id": self.other_branch.id,
            }
        )
        self.make_rule()
        leads = [self.make_pool_lead() for _number in range(2)]
        self.assertEqual([lead.user_id for lead in leads], [self.consultant] * 2)

    def test_capacity_counts_open_leads_and_the_rest_stays_in_the_pool(self):
        self.make_rule(users=self.second | self.third, capacity=2)
        self.make_lead(user_id=self.second.id)
        leads = [self.make_pool_lead() for _number in range(4)]
        self.assertEqual(
            [lead.user_id for lead in leads],
            [self.second, self.third, self.third, self.env["res.users"]],
        )

    def test_full_rule_leaves_the_lead_to_the_next_rule(self):
        self.make_rule("First", self.second, sequence=1, capacity=1)
        self.make_rule("Then", self.third, sequence=2)
        leads = [self.make_pool_lead() for _number in range(2)]
        self.assertEqual([x.user_id for x in leads], [self.second, self.third])

    def test_manager_decides_where_a_rule_says_so(self):
        self.make_rule("Fleet", target="pool", sequence=1, areas="江宁")
        self.make_rule("All", self.second, sequence=2)
        lead = self.make_pool_lead(city="江宁区")
        self.assertFalse(lead.user_id)
        self.assertIn("Fleet", lead.assign_reason)
        self.env["crm.lead"]._assign_by_rules()
        self.assertNotIn(
            lead, lead.search(self.env["crm.lead"]._get_pool_domain()), "tried again"
        )

    def test_team_in_turn(self):
        team = self.env["crm.team"].create(
            {
                "name": "Online",
                "company_id": self.branch.id,
                "member_ids": [(6, 0, (self.second | self.third).ids)],
            }
        )
        self.make_rule(target="team", team_id=team.id, users=self.env["res.users"])
        leads = [self.make_pool_lead() for _number in range(3)]
        self.assertEqual(
            [lead.user_id for lead in leads], [self.second, self.third, self.second]
        )

    def test_lead_with_consultant_is_left_alone(self):
        self.make_rule(users=self.second)
        lead = self.make_lead()
        lead._assign_by_rules()
        self.env["crm.lead"]._get_pool_domain()
        self.assertEqual(self.make_lead().user_id, self.consultant)

    def test_rule_of_another_branch_is_not_used(self):
        self.make_rule(company_id=self.other_branch.id)
        self.assertFalse(self.make_pool_lead().user_id)

    def test_reason_in_words(self):
        rule = self.make_rule(
            "Web", self.second, source_ids=[(6, 0, self.web.ids)], capacity=40
        )
        lead = self.make_pool_lead(source_id=self.web.id)
        self.assertEqual(
            lead.with_user(self.second).assign_reason,
            "Rule Web: Sources Web T; next in turn, 0 of 40 open leads",
        )
        rule.unlink()
        lead.invalidate_recordset()
        self.assertIn("Rule Web", lead.assign_reason)

    def test_job_gives_the_pool_to_who_is_free_now(self):
        rule = self.make_rule(users=self.second, capacity=1)
        leads = self.make_pool_lead() | self.make_pool_lead()
        self.assertEqual(leads.user_id, self.second)
        rule.capacity = 5
        with self.enter_registry_test_mode():
            self.env.ref("dealer_crm.ir_cron_assign_pool").method_direct_trigger()
        self.assertEqual([x.user_id for x in leads], [self.second] * 2)

    def test_new_consultant_gets_one_message_for_many_leads(self):
        self.make_rule(users=self.second)
        rows = [{"name": f"Lead {n}", "user_id": False} for n in range(12)]
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.env["crm.lead"].create(rows)
        messages = self.env["mail.message"].search(
            [("id", ">", before), ("partner_ids", "in", self.second.partner_id.ids)]
        )
        self.assertEqual(len(messages), 1)
        self.assertIn("12", messages.subject)

    def test_queries_do_not_grow_with_the_leads(self):
        self.make_rule("Web", sequence=1, source_ids=[(6, 0, self.web.ids)])
        self.make_rule("All", sequence=2)

        def assign(number):
            rows = [
                {
                    "name": f"Lead {n}",
                    "type": "opportunity",
                    "user_id": False,
                    "company_id": self.branch.id,
                    "source_id": n % 2 and self.web.id,
                }
                for n in range(number)
            ]
            self.env["dealer.assign.rule"].search([]).active = False
            leads = self.env["crm.lead"].create(rows)
            rules = self.env["dealer.assign.rule"].with_context(active_test=False)
            rules.search([("name", "in", ("Web", "All"))]).active = True
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            leads._assign_by_rules()
            self.env.flush_all()
            self.assertTrue(all(lead.user_id for lead in leads))
            return self.cr.sql_log_count - before

        assign(5)
        few, many = assign(6), assign(60)
        self.assertLessEqual(many, few + 12)

    def test_import_of_a_manager_goes_by_the_rules(self):
        self.make_rule(users=self.second)
        leads = self.env["crm.lead"].with_user(self.manager)
        result = leads.with_context(import_file=True).load(["name"], [["From Excel"]])
        self.assertEqual(leads.browse(result["ids"]).user_id, self.second)

    def test_consultants_read_rules_and_change_none(self):
        rule = self.make_rule()
        mine = rule.with_user(self.consultant)
        self.assertEqual(mine.name, "All")
        with self.assertRaises(AccessError):
            mine.write({"capacity": 1})
        with self.assertRaises(AccessError):
            mine.env["dealer.assign.try"].create({"lead_id": self.make_lead().id})

    def test_log_is_written_by_the_system_only(self):
        self.make_rule(users=self.second)
        lead = self.make_pool_lead()
        for user in (self.second, self.manager):
            with self.assertRaises(AccessError):
                lead.assign_log_id.with_user(user).write({"note": "x"})
            with self.assertRaises(AccessError):
                lead.with_user(user).write({"assign_log_id": False})
        with self.assertRaises(AccessError):
            lead.assign_log_id.with_user(self.third).check_access("read")

    def test_try_shows_every_rule_and_changes_nothing(self):
        self.make_rule("Web", sequence=1, source_ids=[(6, 0, self.web.ids)])
        rule = self.make_rule("All", self.second, sequence=2)
        lead = self.make_lead()
        wizard = self.env["dealer.assign.try"].with_user(self.manager)
        wizard = wizard.create({"lead_id": lead.id})
        self.assertEqual(wizard.answer, "Second")
        self.assertEqual(
            wizard.explanation,
            "Web: does not fit: Sources\n"
            "All: fits; next in turn: Second (0 open leads)",
        )
        self.assertEqual((lead.user_id, rule.last_user_id.id), (self.consultant, False))

    def test_rule_needs_somebody(self):
        with self.assert_refused(ValidationError, "choose who gets"):
            self.make_rule(users=self.env["res.users"])
        with self.assert_refused(ValidationError, "choose a team"):
            self.make_rule(target="team")

    def test_job_leaves_a_lead_to_who_took_it_meanwhile(self):
        leads = self.make_pool_lead() + self.make_pool_lead()
        self.make_rule(users=self.second)
        crons = type(self.env["ir.cron"])
        taken = leads[0].with_user(self.third)

        def commit(cron, processed=0, **values):
            if not processed and not taken.sudo().user_id:
                taken.action_take()
            return 60

        self.patch(crons, "_commit_progress", commit)
        self.env["crm.lead"]._cron_assign_pool()
        self.assertEqual([x.user_id for x in leads], [self.third, self.second])

    def test_lead_that_fails_stops_no_other(self):
        leads = self.make_pool_lead() + self.make_pool_lead()
        self.make_rule(users=self.second)
        models = type(leads)
        give = models._give_to

        def fail_for_one(records, user, values):
            if leads[0] in records:
                raise ValueError("broken")
            return give(records, user, values)

        self.patch(models, "_give_to", fail_for_one)
        with self.assertLogs("odoo.addons.dealer_crm", "WARNING"):
            leads._assign_each_safely()
        self.assertFalse(leads[0].user_id)
        self.assertEqual(leads[1].user_id, self.second)
