# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase

PHONE = "13800138000"
HIDDEN = "138****8000"


@tagged("post_install", "-at_install")
class TestPhonePaths(DealerCrmCase):
    """A hidden phone stays hidden on every other way than reading the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.customer = cls.make_customer(phone=PHONE, user_id=cls.colleague.id)
        cls.foreign = cls.customer.with_user(cls.consultant)

    def assert_hidden(self, tell):
        """``tell``: what a user is told about the customer; the colleague sees it."""
        self.env.flush_all()
        for user, shown, secret in (
            (self.consultant, HIDDEN, PHONE),
            (self.colleague, PHONE, HIDDEN),
        ):
            self.env.invalidate_all()
            text = str(tell(self.customer.with_user(user)))
            self.assertIn(shown, text)
            self.assertNotIn(secret, text)

    def test_vcard(self):
        self.assert_hidden(lambda customer: customer._get_vcard_file().decode())

    def test_avatar_card(self):
        def tell(customer):
            store = Store(bus_channel=customer.env.user)
            names = customer._get_store_avatar_card_fields(store.target)
            return store.add(customer, names).get_result()

        self.assert_hidden(tell)

    def test_calendar(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Test drive",
                "start": "2026-03-10 02:00:00",
                "stop": "2026-03-10 03:00:00",
                "partner_ids": [
                    (6, 0, (self.customer | self.consultant.partner_id).ids)
                ],
            }
        )
        attendee = event.attendee_ids.filtered(lambda a: a.partner_id == self.customer)
        self.assert_hidden(
            lambda customer: attendee.with_env(customer.env).read(["phone"])
        )
        self.assert_hidden(
            lambda customer: event.with_env(
                customer.env
            )._prepare_partner_contact_details_html("Who", customer)
        )

    def test_a_draft_of_a_lead(self):
        leads = self.env["crm.lead"].with_user(self.consultant)
        values = {"name": "Asks", "type": "opportunity", "partner_id": self.customer.id}
        spec = {"partner_id": {}, "phone": {}}
        told = leads.onchange(values, ["partner_id"], spec)
        self.assertNotIn(PHONE, str(told))
        lead = leads.create(values | {"phone": False})
        self.assertEqual(lead.phone, PHONE)  # his lead now, for all to see
        own = leads.with_user(self.colleague).onchange(values, ["partner_id"], spec)
        self.assertIn(PHONE, str(own))

    def test_sms(self):
        if "sms.composer" not in self.env:
            self.skipTest("sms is not installed")
        self.assert_hidden(lambda customer: customer._sms_get_recipients_info())

    def test_nobody_takes_a_colleagues_customer_by_his_car(self):
        sold = self.make_car(
            owner_id=self.make_customer().id, sales_user_id=self.colleague.id
        )
        unsold = self.make_car(owner_id=self.customer.id)
        free = self.make_car()
        for car in (sold, unsold):
            with self.assert_refused(AccessError, "manager"):
                car.with_user(self.consultant).sales_user_id = self.consultant
        free.with_user(self.consultant).sales_user_id = self.consultant
        sold.with_user(self.manager).sales_user_id = self.consultant
        self.assertEqual((free | sold).sales_user_id, self.consultant)
