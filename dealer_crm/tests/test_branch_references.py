# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestBranchReferences(DealerCrmCase):
    """Who guesses the id of another branch's customer or lead learns nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            "Qin Faraway", email="qin@example.com", company_id=cls.branch.id
        )
        cls.stranger = cls.make_user(
            "stranger", "dealer_crm.group_general_manager", company=cls.other_branch
        )

    def assert_closed(self, model, user=None, **values):
        records = self.env[model].with_user(user or self.stranger)
        self.env.invalidate_all()
        with self.assert_refused(AccessError, "'read' access"):
            records.create(values)
            self.env.flush_all()

    def test_a_customer_of_another_branch_is_not_named(self):
        partner = self.customer.id
        self.assert_closed("dealer.contact", partner_id=partner)
        self.assert_closed("dealer.promise", partner_id=partner, name="Mats")
        self.assert_closed("dealer.consent.change", partner_id=partner, state="given")
        self.assert_closed("dealer.privacy", partner_id=partner)
        self.assert_closed(
            "fleet.vehicle", model_id=self.car_model.id, owner_id=partner
        )
        car = self.make_car(company_id=self.other_branch.id)
        self.assert_closed(
            "dealer.vehicle.party",
            partner_id=partner,
            vehicle_id=car.id,
            role="driver",
        )
        with self.assert_refused(AccessError, "'read' access"):
            car.with_user(self.stranger).owner_id = partner

    def test_a_default_names_nobody_either(self):
        promises = self.env["dealer.promise"].with_user(self.stranger)
        promises = promises.with_context(default_partner_id=self.customer.id)
        with self.assert_refused(AccessError, "'read' access"):
            promises.create({"name": "Mats"})

    def test_a_draft_of_a_lead_tells_nothing(self):
        leads = self.env["crm.lead"].with_user(self.stranger)
        spec = {"partner_id": {}, "phone": {}, "email_from": {}, "contact_name": {}}
        self.env.invalidate_all()
        with self.assert_refused(AccessError, "'read' access"):
            leads.onchange({"partner_id": self.customer.id}, ["partner_id"], spec)
        with self.assert_refused(AccessError, "'read' access"):
            leads.with_context(default_partner_id=self.customer.id).onchange(
                {}, [], spec
            )

    def test_a_colleagues_lead_is_not_named(self):
        colleague = self.make_user("colleague", "dealer_crm.group_sales_consultant")
        lead = self.make_lead(user_id=colleague.id)
        self.assert_closed(
            "dealer.contact",
            self.consultant,
            visitor_name="Sun",
            referred_lead_id=lead.id,
        )
        self.assert_closed(
            "dealer.promise", self.consultant, lead_id=lead.id, name="Mats"
        )
        visit = self.env["dealer.contact"].with_user(self.consultant)
        visit = visit.create({"visitor_name": "Somebody"})
        with self.assert_refused(AccessError, "'read' access"):
            visit.lead_id = lead.id
