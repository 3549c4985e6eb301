# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase

ALL, EDIT, READ, NONE = "rwcu", "rwc", "r", ""
# model: consultant, sales manager, general manager, staff without a showroom role
MATRIX = {
    "res.partner": (EDIT, EDIT, EDIT, READ),
    "fleet.vehicle": (EDIT, EDIT, EDIT, READ),
    "fleet.vehicle.model": (READ, ALL, ALL, READ),
    "fleet.vehicle.model.brand": (READ, ALL, ALL, READ),
    "fleet.vehicle.odometer": (EDIT, EDIT, EDIT, EDIT),
    "dealer.vehicle.party": (EDIT, ALL, ALL, READ),
    "dealer.contact": (EDIT, EDIT, EDIT, EDIT),
    "dealer.grade": (READ, ALL, ALL, READ),
    "dealer.grade.ladder": (READ, ALL, ALL, READ),
    "dealer.grade.log": (READ, READ, READ, READ),
    "dealer.approval.log": (READ, READ, READ, READ),
    "crm.lead": (EDIT, ALL, ALL, NONE),
}
LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
FOR_NOBODY_ELSE = (
    "dealer.contact",
    "dealer.grade.log",
    "dealer.approval.log",
    "dealer.vehicle.party",
    "fleet.vehicle",
)


@tagged("post_install", "-at_install")
class TestRights(DealerCrmCase):
    def get_rights(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(
            letter for letter, name in LETTERS.items() if records.has_access(name)
        )

    def test_matrix_of_roles(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        users = (self.consultant, self.manager, self.director, staff)
        for model, expected in MATRIX.items():
            self.assertEqual(
                tuple(self.get_rights(user, model) for user in users), expected, model
            )

    def test_other_employees_see_nothing_of_the_dealership(self):
        clerk = self.make_user("clerk", "base.group_user")
        portal = self.make_user("portal", "base.group_portal")
        for model in FOR_NOBODY_ELSE:
            self.assertEqual(self.get_rights(clerk, model), NONE, model)
            self.assertEqual(self.get_rights(portal, model), NONE, model)

    def test_roles_build_on_each_other(self):
        groups = self.director.all_group_ids
        for name in (
            "sales_manager",
            "sales_consultant",
            "dealer_user",
            "personal_data",
        ):
            self.assertIn(self.env.ref(f"dealer_crm.group_{name}"), groups)
        self.assertNotIn(
            self.env.ref("dealer_crm.group_personal_data"), self.manager.all_group_ids
        )

    def test_consultant_sees_his_own_leads_and_their_grades(self):
        grade = self.env.ref("dealer_crm.grade_a").id
        own = self.make_lead(grade_id=grade)
        foreign = self.make_lead(grade_id=grade, user_id=self.manager.id)
        leads = own + foreign
        for user, expected in ((self.consultant, own), (self.manager, leads)):
            found = self.env["crm.lead"].with_user(user).search([])
            self.assertEqual(found & leads, expected)
            logs = self.env["dealer.grade.log"].with_user(user).search([])
            self.assertEqual(logs.sudo().lead_id & leads, expected)

    def test_sales_talk_is_for_the_consultant_and_managers(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        colleague = self.make_user("other", "dealer_crm.group_sales_consultant")
        grade = self.env.ref("dealer_crm.grade_a").id
        lead = self.make_lead(grade_id=grade)
        talk = self.log_contact(lead)
        service = self.env["dealer.contact"].create(
            {"partner_id": self.make_customer().id}
        )
        records = talk + service
        for user, expected, log in (
            (self.consultant, records, lead.grade_log_ids),
            (self.manager, records, lead.grade_log_ids),
            (self.director, records, lead.grade_log_ids),
            (colleague, service, lead.grade_log_ids.browse()),
            (staff, service.browse(), lead.grade_log_ids.browse()),
        ):
            contacts = self.env["dealer.contact"].with_user(user).search([])
            self.assertEqual(contacts & records, expected, user.name)
            logs = self.env["dealer.grade.log"].with_user(user).search([])
            self.assertEqual(logs & lead.grade_log_ids, log, user.name)

    def test_new_consultant_of_a_lead_sees_its_past(self):
        lead = self.make_lead(grade_id=self.env.ref("dealer_crm.grade_a").id)
        talk = self.log_contact(lead)
        heir = self.make_user("heir", "dealer_crm.group_sales_consultant")
        for user in (heir, self.env["res.users"]):
            lead.user_id = user
            self.env.invalidate_all()
            seen = lead.with_user(heir)
            self.assertEqual(seen.contact_ids, talk)
            self.assertEqual(len(seen.grade_log_ids), 1)

    def test_staff_see_the_cars_of_the_trade_only(self):
        company_car = self.make_car(trade_state=False)
        customers_car = self.make_car()
        cars = self.env["fleet.vehicle"].with_user(self.director).search([])
        self.assertIn(customers_car, cars)
        self.assertNotIn(company_car, cars)
        officer = self.make_user(
            "officer", "fleet.fleet_group_user,dealer_crm.group_sales_consultant"
        )
        self.assertIn(
            company_car, self.env["fleet.vehicle"].with_user(officer).search([])
        )

    def test_staff_archive_and_restore_a_card(self):
        car = self.make_car().with_user(self.consultant)
        car.action_archive()
        self.assertFalse(car.active)
        car.action_unarchive()
        self.assertTrue(car.active)
        company_car = self.make_car(trade_state=False).with_user(self.consultant)
        with self.assertRaises(AccessError):
            company_car.action_archive()


@tagged("post_install", "-at_install")
class TestBranches(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.make_user(
            "stranger", "dealer_crm.group_general_manager", cls.other_branch
        )
        cls.lead = cls.make_lead(grade_id=cls.env.ref("dealer_crm.grade_a").id)
        cls.car = cls.make_car(
            owner_id=cls.make_customer().id, company_id=cls.branch.id
        )
        cls.records = [
            cls.lead,
            cls.lead.grade_log_ids,
            cls.env["dealer.contact"].create({"lead_id": cls.lead.id}),
            cls.car,
            cls.car.party_ids,
            cls.env["fleet.vehicle.odometer"].create(
                {"vehicle_id": cls.car.id, "value": 10}
            ),
            cls.env["dealer.approval.log"].create(
                {
                    "res_model": "crm.lead",
                    "res_id": cls.lead.id,
                    "state_to": "submitted",
                    "user_id": cls.consultant.id,
                    "company_id": cls.branch.id,
                }
            ),
        ]

    def test_own_branch_sees_its_records(self):
        for record in self.records:
            found = record.with_user(self.director).search([("id", "in", record.ids)])
            self.assertEqual(found, record, record._name)

    def test_other_branch_sees_nothing_of_them(self):
        for record in self.records:
            foreign = record.with_user(self.stranger)
            self.assertFalse(foreign.search([("id", "in", record.ids)]), record._name)
            with self.assertRaises(AccessError):
                foreign.read(["display_name"])
            with self.assertRaises(AccessError):
                foreign.write({"write_uid": self.stranger.id})

    def test_other_branch_finds_nothing_by_name(self):
        cars = self.env["fleet.vehicle"].with_user(self.stranger)
        self.assertFalse(cars.name_search(self.car.vin_sn))

    def test_shared_customer_shows_each_branch_its_own_cars(self):
        customer = self.car.owner_id
        customer.company_id = False
        there = self.make_car(owner_id=customer.id, company_id=self.other_branch.id)
        seen_here = customer.with_user(self.director)
        seen_there = customer.with_user(self.stranger)
        self.assertEqual(seen_here.party_ids.sudo().vehicle_id, self.car)
        self.env.invalidate_all()
        self.assertEqual(seen_there.party_ids.sudo().vehicle_id, there)
        for seen in (seen_there, seen_here):
            self.env.invalidate_all()
            self.assertEqual(seen.vehicle_count, 1)

    def test_records_of_new_branch_users_belong_to_their_branch(self):
        car = (
            self.env["fleet.vehicle"]
            .with_user(self.stranger)
            .create({"model_id": self.car_model.id, "trade_state": "in_stock"})
        )
        contact = (
            self.env["dealer.contact"]
            .with_user(self.stranger)
            .create({"visitor_name": "Somebody"})
        )
        self.assertEqual(car.company_id + contact.company_id, self.other_branch)
