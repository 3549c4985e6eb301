# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..hooks import CORE_STAGES, drop_unused_core_stages, open_stage_log
from .common import DealerCrmCase

ORDER = [
    "contact",
    "archived",
    "needs",
    "product",
    "test_drive",
    "negotiation",
    "order",
    "delivery",
    "lost",
]


class StageCase(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Motor show T"})

    def stage(self, name):
        return self.env.ref(f"dealer_crm.stage_{name}")

    def make_full_lead(self, **values):
        """A lead with all that a lead on file must have."""
        return self.make_lead(source_id=self.source.id, budget_max=150000, **values)


@tagged("post_install", "-at_install")
class TestLeadStage(StageCase):
    def test_stages_stand_in_the_order_of_the_sale(self):
        ours = self.env["crm.stage"].concat(*(self.stage(name) for name in ORDER))
        self.assertEqual(ours.sorted(lambda s: s._get_rank()), ours)
        self.assertTrue(self.stage("delivery").is_won)
        self.assertTrue(self.stage("lost").fold)

    def test_unused_core_stages_go_and_used_ones_stay(self):
        stages = {}
        for xmlid, name in CORE_STAGES.items():
            stage = self.env.ref(xmlid, raise_if_not_found=False)
            stage = stage or self.env["crm.stage"].create({"name": name})
            module, _dot, key = xmlid.partition(".")
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": f"{module}.{key}", "record": stage, "noupdate": True}]
            )
            stages[xmlid] = stage
        archived = self.make_lead(stage_id=stages["crm.stage_lead2"].id)
        archived.active = False
        stages["crm.stage_lead3"].name = "Our own step"
        drop_unused_core_stages(self.env)
        self.assertEqual(
            [bool(stage.exists()) for stage in stages.values()],
            [False, True, True, False],
        )

    def test_forward_needs_what_is_on_file_and_names_all_of_it(self):
        lead = self.make_lead(phone="13912345678")
        with self.assert_refused(ValidationError, "Budget, Source"):
            lead.with_user(self.consultant).stage_id = self.stage("archived")
        lead.with_user(self.consultant).write(
            {
                "stage_id": self.stage("archived").id,
                "budget_max": 120000,
                "source_id": self.source.id,
            }
        )
        self.assertTrue(lead.is_on_file)
        self.assertEqual(lead.filed_by_id, self.consultant)

    def test_jumping_over_a_stage_asks_for_its_requirements(self):
        lead = self.make_lead()
        with self.assert_refused(ValidationError, "Budget.*Source"):
            lead.with_user(self.manager).stage_id = self.stage("negotiation")

    def test_import_and_new_leads_follow_the_same_rule(self):
        values = {
            "name": "Late lead",
            "contact_name": "Zhao Late",
            "phone": self.next_phone(),
            "stage_id": "Product Presentation",
        }
        records, messages = self.enter_by_import(self.manager, "crm.lead", values)
        self.assertFalse(records)
        self.assertIn("Budget", messages)

    def test_backward_is_always_possible(self):
        lead = self.make_full_lead(is_on_file=True)
        lead.with_user(self.consultant).stage_id = self.stage("contact")
        self.assertEqual(lead.stage_id, self.stage("contact"))

    def test_requirements_are_the_managers_to_change(self):
        field = self.env["ir.model.fields"]._get("crm.lead", "color_wish")
        stage = self.stage("archived").with_user(self.manager)
        stage.required_field_ids = [(4, field.id)]
        lead = self.make_full_lead()
        with self.assert_refused(ValidationError, field.field_description):
            lead.with_user(self.consultant).stage_id = self.stage("archived")
        lead.write({"color_wish": "White"})
        lead.with_user(self.consultant).stage_id = self.stage("archived")
        self.assertTrue(lead.is_on_file)

    def test_leads_of_other_departments_go_as_they_like(self):
        seller = self.make_user("seller", "sales_team.group_sale_salesman")
        lead = self.make_lead(user_id=seller.id)
        lead.with_user(seller).stage_id = self.stage("product")
        self.assertEqual(lead.stage_id, self.stage("product"))

    def test_the_on_file_button_moves_the_stage_once(self):
        lead = self.make_full_lead()
        lead.with_user(self.consultant).action_put_on_file()
        self.assertEqual(lead.stage_id, self.stage("archived"))
        late = self.make_full_lead(stage_id=self.stage("product").id)
        late.with_user(self.consultant).action_put_on_file()
        self.assertEqual(late.stage_id, self.stage("product"))

    def test_off_file_it_goes_back_to_the_start(self):
        lead = self.make_full_lead(is_on_file=True)
        lead.with_user(self.manager).is_on_file = False
        self.assertEqual(lead.stage_id.name, lead._stage_find().name)

    def test_lost_stage_is_entered_by_marking_lost_and_left_by_restoring(self):
        lead = self.make_full_lead(stage_id=self.stage("product").id)
        reason = self.env["crm.lost.reason"].create({"name": "Too dear"})
        lead.with_user(self.consultant).action_set_lost(lost_reason_id=reason.id)
        self.assertEqual(lead.stage_id, self.stage("lost"))
        self.assertEqual(lead.stage_before_lost_id, self.stage("product"))
        self.assertEqual(lead.won_status, "lost")
        lead.with_user(self.consultant).action_restore()
        self.assertEqual(lead.stage_id, self.stage("product"))
        self.assertFalse(lead.stage_before_lost_id)
        self.assertEqual(lead.won_status, "pending")

    def test_a_card_dropped_on_lost_is_refused(self):
        lead = self.make_full_lead()
        with self.assert_refused(UserError, "button 'Lost'"):
            lead.with_user(self.manager).stage_id = self.stage("lost")
        lead.action_set_lost()
        with self.assert_refused(UserError, "restore it"):
            lead.with_user(self.manager).stage_id = self.stage("contact")

    def test_scoring_sees_the_stage_in_which_a_lead_was_lost(self):
        lead = self.make_full_lead(stage_id=self.stage("product").id)
        lead.action_set_lost()
        values = lead._pls_get_lead_pls_values()[lead.id]["values"]
        self.assertIn(("stage_id", self.stage("product").id), values)

    def test_where_it_was_lost_is_the_systems_to_note(self):
        lead = self.make_lead()
        with self.assert_refused(AccessError, "noted by the system"):
            lead.with_user(self.manager).write(
                {"stage_before_lost_id": self.stage("needs").id}
            )

    def test_untouched_beyond_the_threshold_is_rotting(self):
        with freeze_time("2026-03-01 02:00:00"):
            self.env.cr._now = None
            lead = self.make_lead()
        threshold = self.stage("contact").rotting_threshold_days
        self.assertEqual(threshold, 2)
        lead.date_last_stage_update = "2026-01-01 02:00:00"
        lead.invalidate_recordset(["is_rotting"])
        self.assertTrue(lead.is_rotting)
        found = self.env["crm.lead"].search([("is_rotting", "=", True)])
        self.assertIn(lead, found)

    def test_a_manager_replaces_a_stage_with_its_leads(self):
        old = self.env["crm.stage"].create({"name": "Old step", "sequence": 7})
        lead = self.make_lead(stage_id=old.id)
        date = lead.date_last_stage_update
        wizard = self.env["dealer.stage.replace"]
        values = {"stage_id": old.id, "new_stage_id": self.stage("contact").id}
        wizard.with_user(self.manager).create(values).action_replace()
        self.assertFalse(old.exists())
        self.assertEqual(lead.stage_id, self.stage("contact"))
        self.assertEqual(lead.date_last_stage_update, date)
        self.assertEqual(lead.stage_log_ids.stage_id, self.stage("contact"))
        with self.assert_refused(AccessError, "sales manager"):
            self.stage("needs").with_user(self.consultant)._replace_by(
                self.stage("contact")
            )

    def test_open_and_won_stages_never_mix(self):
        with self.assert_refused(UserError, "won for won"):
            self.stage("needs").with_user(self.manager)._replace_by(
                self.stage("delivery")
            )


@tagged("post_install", "-at_install")
class TestStageLog(StageCase):
    def test_each_stay_has_its_beginning_and_end(self):
        with freeze_time("2026-03-01 02:00:00"):
            lead = self.make_full_lead()
        with freeze_time("2026-03-04 02:00:00"):
            lead.with_user(self.consultant).action_put_on_file()
        with freeze_time("2026-03-05 02:00:00"):
            lead.action_set_lost()
        stays = lead.stage_log_ids.sorted("id")
        self.assertEqual(
            [(s.stage_id, str(s.date_from)[:10], str(s.date_to)[:10]) for s in stays],
            [
                (self.stage("contact"), "2026-03-01", "2026-03-04"),
                (self.stage("archived"), "2026-03-04", "2026-03-05"),
                (self.stage("lost"), "2026-03-05", "False"),
            ],
        )

    def test_leads_from_before_get_one_stay_and_only_one(self):
        lead = self.make_lead()
        lead.stage_log_ids.unlink()
        lead.date_last_stage_update = "2026-02-01 00:00:00"
        open_stage_log(self.env)
        open_stage_log(self.env)
        lead.invalidate_recordset()
        self.assertEqual(len(lead.stage_log_ids), 1)
        self.assertEqual(str(lead.stage_log_ids.date_from)[:10], "2026-02-01")

    def test_moving_many_costs_as_many_queries_as_moving_few(self):
        def count(leads):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            leads.write({"stage_id": self.stage("needs").id})
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        few = self.env["crm.lead"].concat(*(self.make_full_lead() for _i in range(5)))
        many = self.env["crm.lead"].concat(*(self.make_full_lead() for _i in range(30)))
        few.write({"is_on_file": True})
        many.write({"is_on_file": True})
        count(self.make_full_lead(is_on_file=True))
        self.assertAlmostEqual(count(few), count(many), delta=6)

    def test_consultants_see_the_way_of_their_own_leads_only(self):
        other = self.make_user("rival", "dealer_crm.group_sales_consultant")
        lead = self.make_lead()
        logs = self.env["dealer.stage.log"]
        domain = [("lead_id", "=", lead.id)]
        self.assertTrue(logs.with_user(self.consultant).search(domain))
        self.assertFalse(logs.with_user(other).search(domain))
        with self.assertRaises(AccessError):
            logs.with_user(self.manager).create(
                {
                    "lead_id": lead.id,
                    "stage_id": self.stage("order").id,
                    "date_from": "2026-03-01",
                }
            )
