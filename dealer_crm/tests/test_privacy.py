# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
import json
import zipfile
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

NUMBER = "310101198506150059"
SECRETS = (
    "Qin Testperson",
    "13800138000",
    "qin@example.com",
    "Nanjing Road 77",
    "qin_wechat",
    "Likes green tea",
    NUMBER,
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPrivacy(DealerCrmCase):
    """A copy of the data, a stop, and to be forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        loud = dict.fromkeys(cls.default_env_context(), False)
        cls.customer = cls.make_customer(
            "Qin Testperson",
            phone="13800138000",
            email="qin@example.com",
            street="Nanjing Road 77",
            wechat_id="qin_wechat",
            id_number=NUMBER,
        )
        cls.customer.with_context(**loud).message_post(body="Likes green tea")
        cls.car = cls.make_car(owner_id=cls.customer.id)
        cls.lead = cls.make_lead(
            partner_id=cls.customer.id,
            contact_name="Qin Testperson",
            phone="13800138000",
            email_from="qin@example.com",
        )
        cls.contact = cls.env["dealer.contact"].create(
            {"partner_id": cls.customer.id, "content": "Likes green tea"}
        )

    def open_wizard(self, user=None, **values):
        wizards = self.env["dealer.privacy"].with_user(user or self.director)
        values = {
            "partner_id": self.customer.id,
            "reason": "Letter of 1 March",
        } | values
        return wizards.create(values)

    def get_log(self, kind):
        return self.env["dealer.access.log"].search(
            [("kind", "=", kind), ("res_id", "=", self.customer.id)]
        )

    def make_contract(self, day):
        product = self.env["product.product"].create(
            {"name": "Service", "type": "service"}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        order.action_confirm()
        order.date_order = day
        return order

    def test_only_the_general_manager_works_with_it(self):
        for user in (self.consultant, self.manager):
            with self.assertRaises(AccessError):
                self.open_wizard(user)
            with self.assertRaises(AccessError):
                self.customer.with_user(user)._anonymise("because")
        with self.assert_refused(UserError, "Reason"):
            self.open_wizard(reason=" ").action_restrict()

    def test_copy_holds_everything_and_is_logged(self):
        wizard = self.open_wizard()
        self.assertIn("/web/content/dealer.privacy/", wizard.action_copy()["url"])
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(wizard.file)))
        data = archive.read("data.json").decode()
        page = archive.read("data.html").decode()
        self.assertIsInstance(json.loads(data), dict)
        for text in (*SECRETS[:5], self.car.vin_sn):
            self.assertIn(text, data)
            self.assertIn(text, page)
        self.assertIn("Likes green tea", data)
        self.assertNotIn(NUMBER, data)
        self.assertEqual(self.get_log("copy").reason, "Letter of 1 March")

    def test_copy_escapes_what_was_typed(self):
        self.customer.name = "Qin <script>alert(1)</script>"
        wizard = self.open_wizard()
        wizard.action_copy()
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(wizard.file)))
        self.assertNotIn("<script>", archive.read("data.html").decode())
        self.assertNotIn("<script>", str(wizard.preview))

    def test_restricted_person_is_found_by_the_general_manager_only(self):
        self.open_wizard().action_restrict()
        domain = [("id", "=", self.customer.id)]
        for user, found in (
            (self.consultant, False),
            (self.manager, False),
            (self.director, True),
        ):
            partners = self.env["res.partner"].with_user(user)
            self.assertEqual(bool(partners.search(domain)), found, user.name)
            self.assertEqual(bool(partners.name_search("Qin Testp")), found)
        self.assertTrue(self.customer.is_blacklisted)
        self.open_wizard().action_release()
        self.assertTrue(
            self.env["res.partner"].with_user(self.consultant).search(domain)
        )
        self.env.invalidate_all()
        self.assertFalse(self.customer.is_blacklisted)
        self.assertTrue(self.get_log("restrict") and self.get_log("release"))

    def test_nobody_restricts_past_the_page(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.director).write({"is_restricted": True})
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.consultant).with_context(
                default_is_restricted=True
            ).create({"name": "Li"})

    def test_forgotten_person_leaves_the_papers_only(self):
        self.open_wizard().action_anonymise()
        self.env.invalidate_all()
        self.assertFalse(self.customer.active or self.customer.file_state)
        self.assertEqual(self.car.owner_id, self.customer)
        self.assertFalse(self.customer.id_number)
        self.assertFalse(self.contact.content)
        messages = self.env["mail.message"].search(
            [("model", "in", ("res.partner", "crm.lead"))]
        )
        left = str(
            [
                self.customer.read(),
                self.lead.read(["name", "contact_name", "phone", "email_from"]),
                self.contact.read(["content"]),
                messages.mapped("body"),
                self.get_log("anonymise").read(),
            ]
        )
        for secret in SECRETS:
            self.assertNotIn(secret, left)
        self.assertEqual(self.get_log("anonymise").user_id, self.director)

    def test_forgotten_person_leaves_no_trace_in_the_work(self):
        name = "Qin Testperson"
        contact = self.env["dealer.contact"].create(
            {
                "partner_id": self.customer.id,
                "visitor_name": name,
                "visitor_phone": "13800138000",
            }
        )
        promise = self.env["dealer.promise"].create(
            {"partner_id": self.customer.id, "name": f"Mats for {name}"}
        )
        activity = self.lead.activity_schedule(
            "mail.mail_activity_data_todo", summary=f"Call {name}"
        )
        child = self.env["res.partner"].create(
            {"name": f"{name} jr", "parent_id": self.customer.id, "active": False}
        )
        self.open_wizard().action_anonymise()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(contact.visitor_name or contact.visitor_phone)
        self.assertEqual((promise.name, promise.state), ("–", "broken"))
        self.assertFalse(activity.exists() or promise.activity_id.exists())
        self.assertNotIn(name, child.name)

    def test_forgotten_person_does_not_come_back_by_an_undo(self):
        double = self.make_customer("Qin Doubleperson", email="qin@example.com")
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.with_user(self.manager)._merge(
            (self.customer | double).ids, self.customer.with_user(self.manager)
        )
        self.env.invalidate_all()
        log = self.env["dealer.merge"].search([], limit=1)
        self.assertIn("Qin Doubleperson", str(log.sudo().snapshot))
        self.open_wizard().action_anonymise()
        self.env.invalidate_all()
        self.assertNotIn("Qin", f"{log.sudo().snapshot}{log.merged_names}")
        with self.assert_refused(UserError, "deleted"):
            log.with_user(self.manager).action_undo()

    def test_contacts_of_other_apps_are_not_forgotten_here(self):
        partner = self.branch.partner_id
        name = partner.name
        with self.assert_refused(UserError, "has no customer file"):
            self.open_wizard(partner_id=partner.id).action_anonymise()
        self.assertEqual(partner.name, name)

    def test_restricted_person_is_no_proposal(self):
        partners = self.env["res.partner"].with_user(self.consultant)
        self.assertTrue(partners.find_duplicates(phone="13800138000"))
        self.open_wizard().action_restrict()
        self.assertFalse(partners.find_duplicates(phone="13800138000"))

    def test_papers_of_ten_years_stop_it(self):
        self.make_contract("2020-05-01 04:00:00")
        wizard = self.open_wizard()
        self.assertEqual(wizard.retention_end, date(2030, 5, 1))
        with self.assert_refused(UserError, "have to be kept until"):
            wizard.action_anonymise()
        self.assertEqual(self.customer.name, "Qin Testperson")
        wizard.action_restrict()
        self.assertEqual(self.customer.erase_due_date, date(2030, 5, 1))

    def test_car_sold_by_us_counts_as_a_contract(self):
        self.car.write({"origin": "own_sale", "purchase_date": "2021-05-01"})
        self.assertEqual(self.customer._get_retention_end(), date(2031, 5, 1))

    def test_old_papers_are_no_obstacle(self):
        self.make_contract("2014-05-01 04:00:00")
        self.open_wizard().action_anonymise()
        self.assertIn("Anonymised", self.customer.name)

    def test_nightly_job_forgets_who_is_due(self):
        self.make_contract("2020-05-01 04:00:00")
        self.open_wizard().action_restrict()
        partners = self.env["res.partner"]
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=100
        ):
            partners._cron_anonymise_due()
            self.assertEqual(self.customer.name, "Qin Testperson")
            with freeze_time("2030-05-02 04:00:00"):
                partners._cron_anonymise_due()
                name = self.customer.name
                partners._cron_anonymise_due()
        self.assertIn("Anonymised", name)
        self.assertEqual(self.customer.name, name)
        self.assertFalse(self.customer.erase_due_date)
        self.assertEqual(len(self.get_log("anonymise")), 1)

    def test_page_counts_persons_and_shows_what_is_held(self):
        wizard = self.open_wizard()
        self.assertGreater(wizard.person_count, 0)
        self.assertFalse(wizard.has_many_persons)
        self.assertIn("Logged Contact", wizard.preview)
