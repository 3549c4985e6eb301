# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged
from PIL import Image

from .portal_common import PortalCase


def make_signature():
    content = io.BytesIO()
    Image.new("RGB", (60, 20), "white").save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestPortalEstimate(PortalCase):
    """The customer answers an estimate himself, with account or with the link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signature = make_signature()
        cls.repair = cls.make_repair(
            advisor_id=cls.advisor.id,
            labor_ids=[
                (0, 0, {"name": "Brake pads", "hours": 1, "price_unit": 300}),
                (0, 0, {"name": "Wash the engine", "hours": 1, "price_unit": 77}),
                (
                    0,
                    0,
                    {
                        "name": "Paid by the maker",
                        "hours": 1,
                        "price_unit": 999,
                        "payer": "warranty",
                    },
                ),
            ],
        )
        cls.repair.action_send_estimate()
        cls.estimate = cls.repair.estimate_ids
        cls.path = f"/my/estimates/{cls.estimate.id}"
        cls.link = f"{cls.path}?access_token={cls.estimate.access_token}"

    def sign(self, query="", estimate=None, **params):
        """What the signature form sends; ``query`` is the end of its address."""
        path = f"/my/estimates/{(estimate or self.estimate).id}/accept{query}"
        params = {"name": "Li Owner", "signature": self.signature, **params}
        return self.make_jsonrpc_request(path, params)

    def get_token(self, estimate=None):
        return f"?access_token={(estimate or self.estimate).access_token}"

    def get_messages(self):
        return self.repair.message_ids.mapped("body")

    def get_line(self, name):
        return self.estimate.line_ids.filtered(lambda line: line.name == name)

    def test_page_tells_the_customers_share_only(self):
        page = self.open_page(self.link)
        for text in ("Brake pads", "Wash the engine", "苏A12345"):
            self.assertIn(text, page)
        self.assertNotIn("Paid by the maker", page)

    def test_link_works_logged_out_and_signs(self):
        result = self.sign(self.get_token())
        self.assertIn(self.path, result["redirect_url"])
        self.assertRecordValues(
            self.estimate,
            [
                {
                    "state": "approved",
                    "approved_by": "signature",
                    "signed_by": "Li Owner",
                }
            ],
        )
        self.assertTrue(self.estimate.signature)
        self.assertEqual(self.repair.estimate_state, "approved")
        page = self.open_page(self.link)
        self.assertIn("You approved this estimate", page)
        self.assertNotIn("dealer_accept", page)
        self.assertIn("signed on the portal", "".join(self.get_messages()))

    def test_account_needs_no_link(self):
        self.enter(self.login_owner)
        self.assertIn("Brake pads", self.open_page(self.path))
        self.assertIn(self.estimate.name, self.open_page("/my/estimates"))
        self.assertIn("redirect_url", self.sign())
        self.assertEqual(self.estimate.state, "approved")

    def test_others_have_no_way_in(self):
        wrong = "?access_token=4b6b0d5e-0000-4000-8000-000000000000"
        for query in (wrong, "?access_token="):
            self.assertIn("error", self.sign(query))
        self.open_page(f"{self.path}{wrong}", 404)
        self.assertIn("/web/login", self.url_open(self.path).url)
        self.enter(self.login_other)
        self.open_page(self.path, 404)
        self.open_page(f"{self.path}{wrong}", 404)
        self.assertNotIn(self.estimate.name, self.open_page("/my/estimates"))
        self.assertIn("error", self.sign())
        page = self.open_page(f"/my/vehicles/{self.strange_car.id}")
        self.send(f"{self.path}/decline", page, 404, reason="x")
        self.assertEqual(self.estimate.state, "sent")

    def test_unwanted_line_is_left_out(self):
        wash = self.get_line("Wash the engine")
        keep = self.get_line("Brake pads")
        page = self.open_page(f"{self.link}&chosen=1&take={keep.id}")
        self.assertIn(f"refused={wash.id}", page)
        result = self.sign(f"{self.get_token()}&refused={wash.id}")
        self.assertNotIn("error", result)
        self.assertEqual(wash.decision, "refused")
        self.assertEqual(keep.decision, "approved")
        self.assertEqual(
            self.repair.labor_ids.mapped("name"), ["Brake pads", "Paid by the maker"]
        )

    def test_line_of_another_estimate_is_not_touched(self):
        other = self.make_repair(
            vehicle_id=self.strange_car.id,
            partner_id=self.stranger.id,
            labor_ids=[(0, 0, {"name": "Oil", "hours": 1, "price_unit": 50})],
        )
        other.action_send_estimate()
        line = other.estimate_ids.line_ids
        self.sign(f"{self.get_token()}&refused={line.id},x,-1,99999999999")
        self.assertEqual(line.decision, "open")
        self.assertEqual(self.estimate.state, "approved")

    def test_signature_is_a_picture_and_has_a_name(self):
        for wrong in (None, "", "x", "PHN2Zz48L3N2Zz4=", "A" * 1000001, ["x"], 7):
            self.assertIn("error", self.sign(self.get_token(), signature=wrong), wrong)
        for wrong in (None, " ", "x" * 101):
            self.assertIn("error", self.sign(self.get_token(), name=wrong))
        self.assertEqual(self.estimate.state, "sent")

    def test_refused_with_a_reason(self):
        self.authenticate(None, None)
        page = self.open_page(self.link)
        token = self.estimate.access_token
        reason = "<b>Too dear</b>"
        answer = self.send(
            f"{self.path}/decline", page, access_token=token, reason=reason
        )
        self.assertIn("You refused this estimate", answer)
        self.assertNotIn(reason, answer)
        self.assertRecordValues(
            self.estimate,
            [{"state": "refused", "approved_by": "portal", "reason": reason}],
        )
        self.assertNotIn(reason, "".join(self.get_messages()))

    def test_answer_counts_once(self):
        self.sign(self.get_token())
        self.assertIn("error", self.sign(self.get_token()))
        self.assertEqual(self.estimate.state, "approved")

    def test_newer_version_replaces_the_link(self):
        self.env["dealer.repair.labor"].create(
            {"repair_id": self.repair.id, "name": "Disc", "hours": 1, "price_unit": 9}
        )
        self.repair.action_send_estimate()
        self.assertIn("replaced by a newer one", self.open_page(self.link))
        self.assertIn("error", self.sign(self.get_token()))
        newest = self.repair.estimate_ids[:1]
        self.assertNotEqual(newest.access_token, self.estimate.access_token)
        self.assertNotIn("error", self.sign(self.get_token(newest), newest))

    def test_expired_and_cancelled_are_told(self):
        self.estimate.date_valid = self.branch._get_dealer_today() - timedelta(days=1)
        self.assertIn("out of date", self.open_page(self.link))
        self.assertIn("error", self.sign(self.get_token()))
        self.estimate.date_valid = False
        self.repair.action_repair_cancel()
        self.assertIn("error", self.sign(self.get_token()))

    def test_link_of_a_restricted_person_is_dead(self):
        self.customer._restrict_processing("Asked for it")
        self.open_page(self.link, 404)
        self.assertIn("error", self.sign(self.get_token()))

    def test_page_speaks_the_customers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        self.estimate.date_valid = "2031-04-05"
        self.assertIn("2031/04/05", self.open_page(self.link))

    def test_link_is_for_those_who_charge(self):
        estimate = self.estimate.with_user(self.technician)
        for name in ("access_token", "portal_link"):
            with self.assertRaises(AccessError):
                estimate.read([name])
        shown = self.estimate.with_user(self.advisor)
        self.assertIn(self.estimate.access_token, shown.portal_link)

    def test_advisor_mails_the_link(self):
        self.customer.email = "owner@example.com"
        action = self.estimate.with_user(self.advisor).action_send_link()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.advisor)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn(self.estimate.access_token, composer.body)
        self.assertEqual(composer.partner_ids, self.customer)
        with self.assertRaises(AccessError):
            self.estimate.with_user(self.technician).action_send_link()

    def test_form_and_pdf_show_the_signature(self):
        self.sign(self.get_token())
        report = self.env.ref("dealer_aftersales.action_report_estimate")
        content, _kind = report._render_qweb_html(report, self.estimate.ids)
        self.assertIn("Li Owner", content.decode())
        self.assertIn("data:image/png;base64", content.decode())

    def test_forgotten_person_has_no_account_and_no_signature(self):
        self.sign(self.get_token())
        self.customer.sudo()._empty_personal_data()
        users = self.env["res.users"].with_context(active_test=False)
        self.assertFalse(users.search([("login", "=", self.login_owner)]))
        user = users.search([("partner_id", "=", self.customer.id)])
        self.assertEqual(user.mapped("active"), [False])
        self.assertFalse(self.estimate.signature or self.estimate.signed_by)
        self.assertEqual(self.estimate.state, "approved")
