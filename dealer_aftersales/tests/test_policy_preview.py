# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPolicyPreview(AftersalesCase):
    """Tonight: how many, for whom, and why the others are left out; nothing made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.active = False
        cls.birthday = cls.make_policy(
            "res.partner",
            "birthdate_date",
            cycle="yearly",
            offset_days=0,
            purpose="care",
            survey_id=False,
            domain="[('name', '=like', 'Seen %')]",
        )
        cls.branch.write({"touch_budget_count": 2, "touch_budget_days": 30})

    def make_seen(self, name, **values):
        defaults = {
            "birthdate_date": "1980-03-12",
            "file_state": "filed",
            "company_id": self.branch.id,
        }
        return self.make_customer(f"Seen {name}", **defaults | values)

    def preview(self, policy=None, user=None):
        policy = (policy or self.birthday).with_user(user or self.service_manager)
        action = policy.with_company(self.branch).action_preview()
        lines = self.env[action["res_model"]].with_user(user or self.service_manager)
        lines = lines.search(action["domain"])
        names = {line: line.partner_id.name or "restricted" for line in lines}
        return {name.removeprefix("Seen "): line for line, name in names.items()}

    def outcomes(self, policy=None):
        return {name: line.outcome for name, line in self.preview(policy).items()}

    def make_all(self):
        people = {
            name: self.make_seen(name)
            for name in (
                "made restricted withdrawn complaint phone_wrong budget known".split()
            )
        }
        self.make_seen("not_filed", file_state="draft")
        people["restricted"]._restrict_processing("claims")
        people["withdrawn"]._note_consent(["call"], ["care"], "withdrawn", "call")
        self.env["dealer.complaint"].create(
            {
                "partner_id": people["complaint"].id,
                "content": "Noise",
                "company_id": self.branch.id,
            }
        )
        people["phone_wrong"].phone_invalid = True
        for _number in range(2):
            self.env["dealer.contact"].create(
                {
                    "partner_id": people["budget"].id,
                    "channel": "sms",
                    "direction": "out",
                    "purpose": "marketing",
                }
            )
        domain = self.birthday.domain
        self.birthday.domain = f"[('id', '=', {people['known'].id})]"
        self.run_policy(self.birthday)
        self.birthday.domain = domain
        self.make_seen("not today", birthdate_date="1980-05-12")

    def test_each_reason_is_told_and_nothing_is_made(self):
        self.make_all()
        before = self.env["dealer.callback"].search_count([])
        found = self.outcomes()
        self.assertEqual(found, {name: name for name in found})
        self.assertEqual(len(found), 8)
        self.assertEqual(self.env["dealer.callback"].search_count([]), before)

    def test_the_job_makes_exactly_what_was_said(self):
        self.make_all()
        said = {n for n, line in self.preview().items() if line.outcome == "made"}
        made = self.run_policy(self.birthday)
        self.assertEqual({c.partner_id.name.removeprefix("Seen ") for c in made}, said)
        self.assertEqual(self.outcomes()["made"], "known")

    def test_greeted_by_another_policy(self):
        self.make_seen("one")
        other = self.birthday.copy({"date_start": "2026-01-01"})
        self.assertEqual(len(self.run_policy(other)), 1)
        self.assertEqual(self.outcomes(), {"one": "greeted"})

    def test_sold_car_and_answer_for_one_car(self):
        owner = self.make_seen("owner")
        cars = self.env["fleet.vehicle"].union(
            *(
                self.make_car(
                    owner_id=owner.id,
                    company_id=self.branch.id,
                    inspection_due_date=f"2026-04-0{day}",
                )
                for day in (8, 9)
            )
        )
        owner._note_consent(["call"], ["care"], "withdrawn", "call", vehicle=cars[0])
        policy = self.env.ref("dealer_aftersales.policy_inspection_due")
        policy.write({"active": True, "date_start": "2026-01-01"})
        action = policy.with_company(self.branch).action_preview()
        lines = self.env[action["res_model"]].search(action["domain"])
        outcome = {line.vehicle_id: line.outcome for line in lines}
        self.assertEqual(outcome[cars[0]], "car_withdrawn")
        self.assertEqual(outcome[cars[1]], "made")
        made = self.run_policy(policy).filtered(lambda c: c.partner_id == owner)
        self.assertEqual(made.vehicle_id, cars[1])

    def test_nobody_without_a_phone_is_called_for_care(self):
        person = self.make_seen("no_address")
        self.env.cr.execute(
            "UPDATE res_partner SET phone = NULL WHERE id = %s", (person.id,)
        )
        self.env.invalidate_all()
        self.assertEqual(self.outcomes(), {"no_address": "no_address"})
        self.assertFalse(self.run_policy(self.birthday))

    def test_nothing_due(self):
        self.assertFalse(self.preview())

    def test_managers_only(self):
        with self.assertRaises(AccessError):
            self.preview(user=self.care)

    def test_other_branches_stay_unseen(self):
        self.make_seen("north", company_id=self.other_branch.id)
        self.make_seen("here")
        self.assertEqual(self.outcomes(), {"here": "made"})

    def test_a_hundred_cost_the_queries_of_one(self):
        def count():
            self.env.invalidate_all()
            self.env.flush_all()
            policy = self.birthday.with_user(self.service_manager)
            start = self.cr.sql_log_count
            policy.with_company(self.branch).action_preview()
            return self.cr.sql_log_count - start

        self.make_seen("first")
        count()
        few = count()
        for number in range(30):
            self.make_seen(str(number))
        self.assertLessEqual(count(), few)

    def test_policies_say_in_a_sentence_what_they_do(self):
        self.assertIn("Phone", self.birthday.summary)
        self.assertIn("up to 3 attempts", self.birthday.summary)
        self.assertIn("3 day(s) after", self.policy.summary)
        made = self.make_seen("one") and self.run_policy(self.birthday)
        self.assertIn("03/12/2026", made.reason)
        self.assertEqual(TODAY, "2026-03-10")
