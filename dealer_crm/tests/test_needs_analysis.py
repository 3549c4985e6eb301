# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_lead_stage import StageCase


@tagged("post_install", "-at_install")
class TestNeedsAnalysis(StageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = cls.env["fleet.vehicle.model"].create(
            [{"name": f"Model {x} T", "brand_id": cls.brand.id} for x in "ABC"]
        )
        cls.grade_b = cls.env.ref("dealer_crm.grade_b")
        cls.grade_a = cls.env.ref("dealer_crm.grade_a")

    def analyse(self, lead, user=None, **values):
        records = self.env["dealer.needs.analysis"].with_user(user or self.consultant)
        values.setdefault("stated_needs", "A quiet car")
        return records.create({"lead_id": lead.id, **values})

    def test_the_form_asks_for_nothing_the_lead_knows(self):
        car = self.make_car(company_id=self.branch.id)
        lead = self.make_full_lead(
            purchase_date_expected="2030-05-01", vehicle_id=car.id, budget_min=90000
        )
        records = self.env["dealer.needs.analysis"].with_user(self.consultant)
        with Form(records.with_context(default_lead_id=lead.id)) as form:
            self.assertEqual((form.budget_min, form.budget_max), (90000, 150000))
            self.assertEqual(str(form.purchase_date_expected), "2030-05-01")
            self.assertEqual(form.vehicle_id, car)
            form.stated_needs = "Room for three children"
        self.assertEqual(lead.needs_analysis_id.stated_needs, "Room for three children")

    def test_what_was_learnt_goes_to_the_lead(self):
        lead = self.make_lead(vehicle_model_id=False, source_id=self.source.id)
        self.analyse(
            lead,
            budget_max=200000,
            purchase_date_expected="2030-06-01",
            has_trade_in=True,
            line_ids=[
                (0, 0, {"vehicle_model_id": self.models[0].id, "reason": "Room"}),
                (0, 0, {"vehicle_model_id": self.models[1].id, "reason": "Price"}),
            ],
        )
        self.assertEqual(lead.vehicle_model_id, self.models[0])
        self.assertEqual(lead.budget_max, 200000)
        self.assertEqual(str(lead.purchase_date_expected), "2030-06-01")
        self.assertTrue(lead.has_trade_in)
        self.assertEqual(lead.stage_id, self.stage("needs"))
        self.assertTrue(lead.is_on_file)

    def test_an_empty_sheet_is_refused(self):
        lead = self.make_full_lead()
        with self.assert_refused(ValidationError, "Stated Needs"):
            self.analyse(lead, stated_needs=" ")
        with self.assert_refused(ValidationError, "Stated Needs"):
            self.analyse(lead, stated_needs="Room").stated_needs = False

    def test_a_model_of_interest_is_never_replaced(self):
        lead = self.make_full_lead()
        line = {"vehicle_model_id": self.models[0].id, "reason": "Room"}
        self.analyse(lead, line_ids=[(0, 0, line)])
        self.assertEqual(lead.vehicle_model_id, self.car_model)

    def test_a_third_recommendation_is_refused_on_every_way(self):
        lead = self.make_full_lead()
        lines = [
            (0, 0, {"vehicle_model_id": model.id, "reason": "Fits"})
            for model in self.models
        ]
        with self.assert_refused(ValidationError, "2 models that suit best"):
            self.analyse(lead, line_ids=lines)
        analysis = self.analyse(lead, line_ids=lines[:2])
        with self.assert_refused(ValidationError, "2 models that suit best"):
            analysis.line_ids = lines[2:]
        records, text = self.enter_by_import(
            self.consultant,
            "dealer.needs.recommendation",
            {
                "analysis_id/.id": str(analysis.id),
                "vehicle_model_id/.id": str(self.models[2].id),
                "reason": "Fits too",
            },
        )
        self.assertFalse(records)
        self.assertIn("models that suit best", text)

    def test_a_lead_that_lacks_data_stays_and_says_why(self):
        lead = self.make_lead()
        analysis = self.analyse(lead)
        self.assertEqual(lead.stage_id, self.stage("contact"))
        self.assertEqual(analysis.stage_missing, "Budget, Source")
        lead.with_user(self.consultant).write(
            {"budget_max": 1, "source_id": self.source.id, "is_on_file": True}
        )
        self.assertEqual(lead.stage_id, self.stage("needs"))

    def test_the_stage_needs_the_analysis(self):
        lead = self.make_full_lead(is_on_file=True)
        with self.assert_refused(ValidationError, "Needs Analysis"):
            lead.with_user(self.consultant).stage_id = self.stage("needs")
        self.analyse(lead)
        lead.with_user(self.consultant).stage_id = self.stage("product")
        self.assertEqual(lead.stage_id, self.stage("product"))

    def test_a_new_version_replaces_and_the_earlier_one_is_closed(self):
        lead = self.make_full_lead()
        line = {"vehicle_model_id": self.models[0].id, "reason": "Room"}
        first = self.analyse(lead, competitor="Rival X", line_ids=[(0, 0, line)])
        action = first.action_new_version()
        records = self.env["dealer.needs.analysis"].with_user(self.consultant)
        with Form(records.with_context(**action["context"])) as form:
            self.assertEqual(form.competitor, "Rival X")
            form.competitor = "Rival Y"
        second = lead.needs_analysis_id
        self.assertEqual(second.line_ids.reason, "Room")
        self.assertEqual(second.competitor, "Rival Y")
        self.assertEqual(
            (first.is_current, second.is_current, first.competitor),
            (False, True, "Rival X"),
        )
        self.assertEqual(
            records.search([("is_current", "=", True), ("lead_id", "=", lead.id)]),
            second,
        )
        with self.assert_refused(UserError, "Earlier analyses"):
            first.with_user(self.manager).competitor = "Nobody"
        second.unlink()
        self.assertEqual(lead.needs_analysis_id, first)

    def test_the_grade_is_asked_and_logged_with_its_step(self):
        lead = self.make_full_lead()
        self.analyse(lead, grade_id=self.grade_b.id)
        log = lead.grade_log_ids.filtered(lambda x: x.step == "needs")
        self.assertEqual((lead.grade_id, log.grade_to_id), (self.grade_b,) * 2)
        second = self.analyse(lead)
        self.assertEqual(second.grade_id, self.grade_b)
        kept = lead.grade_log_ids.filtered(lambda x: x.step == "needs") - log
        self.assertEqual(kept.grade_to_id, self.grade_b)

    def test_without_core_data_no_grade_is_asked(self):
        lead = self.make_lead(phone=False)
        analysis = self.analyse(lead)
        self.assertFalse(analysis.grade_id)
        self.assertFalse(lead.grade_log_ids)

    def test_consultants_analyse_their_own_leads_only(self):
        rival = self.make_user("rival", "dealer_crm.group_sales_consultant")
        lead = self.make_full_lead()
        analysis = self.analyse(lead)
        with self.assertRaises(AccessError):
            self.analyse(lead, user=rival)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            analysis.with_user(rival).read(["stated_needs"])
        with self.assertRaises(AccessError):
            analysis.with_user(self.consultant).unlink()
        self.assertEqual(analysis.with_user(self.manager).lead_id, lead)

    def test_a_draft_tells_nothing_of_anothers_lead(self):
        rival = self.make_user("rival", "dealer_crm.group_sales_consultant")
        lead = self.make_full_lead()
        records = self.env["dealer.needs.analysis"].with_user(rival)
        self.env.invalidate_all()
        draft = records.onchange({"lead_id": lead.id}, ["lead_id"], {"budget_max": {}})
        self.assertFalse(draft["value"].get("budget_max"))

    def test_the_current_one_is_noted_by_the_system(self):
        lead, other = self.make_full_lead(), self.make_full_lead()
        analysis = self.analyse(other)
        with self.assert_refused(AccessError, "noted by the system"):
            lead.with_user(self.manager).needs_analysis_id = analysis

    def test_analyses_follow_a_merge(self):
        leads = self.make_full_lead() | self.make_full_lead()
        analysis = self.analyse(leads[1])
        survivor = leads.merge_opportunity()
        self.assertEqual(survivor.needs_analysis_id, analysis)

    def test_who_is_forgotten_leaves_no_needs(self):
        customer = self.make_customer()
        lead = self.make_full_lead(partner_id=customer.id)
        analysis = self.analyse(lead, stated_needs="Told in confidence")
        data = str(customer._prepare_data_copy())
        self.assertIn("Told in confidence", data)
        customer.with_user(self.director)._anonymise("asked for it")
        self.assertFalse(analysis.exists())

    def test_the_sheet_prints_both_models_and_a_blank_one(self):
        lead = self.make_full_lead()
        lines = [
            (0, 0, {"vehicle_model_id": model.id, "reason": f"<b>fits {model.id}"})
            for model in self.models[:2]
        ]
        analysis = self.analyse(lead, line_ids=lines, stated_needs="<i>Room")
        report = self.env["ir.actions.report"].with_user(self.consultant)
        name = "dealer_crm.report_needs_analysis"
        html = report._render_qweb_html(name, analysis.ids)[0].decode()
        for model in self.models[:2]:
            self.assertIn(model.display_name, html)
            self.assertIn(f"&lt;b&gt;fits {model.id}", html)
        self.assertIn("&lt;i&gt;Room", html)
        blank = report._render_qweb_html(name, [])[0].decode()
        self.assertIn("Needs Sheet", blank)
        self.assertNotIn(lead.contact_name, blank)

    def test_the_timeline_of_the_lead_tells_it(self):
        lead = self.make_full_lead()
        self.analyse(lead, stated_needs="Room for a dog")
        events = str(lead.with_user(self.consultant).get_dealer_timeline())
        self.assertIn("Room for a dog", events)
