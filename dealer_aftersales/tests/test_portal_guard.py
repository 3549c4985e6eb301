# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .portal_common import PortalCase

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortalGuard(PortalCase):
    """What nobody types but anybody can send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls.make_repair(
            labor_ids=[(0, 0, {"name": "Brake pads", "hours": 1, "price_unit": 50})]
        )
        cls.repair.action_send_estimate()
        cls.estimate = cls.repair.estimate_ids
        cls.path = f"/my/estimates/{cls.estimate.id}"

    def sign(self, **params):
        token = self.estimate.access_token
        params = {"access_token": token, "name": "Li", "signature": PIXEL, **params}
        answer = self.url_open(f"{self.path}/accept", json={"params": params})
        self.assertEqual(answer.status_code, 200)
        return answer.json()

    def test_signature_of_strange_things_is_told(self):
        self.authenticate(None, None)
        strange = (
            {"access_token": "é"},
            {"access_token": 7},
            {"access_token": ["x"]},
            {"name": 7},
            {"name": ["Li"]},
            {"name": "\x00"},
            {"signature": 7},
            {"signature": "é"},
        )
        for params in strange:
            with self.subTest(params=params):
                self.assertIn("error", self.sign(**params).get("result", {}))
        self.assertEqual(self.estimate.state, "sent")

    def test_strange_links_do_not_exist(self):
        self.enter(self.login_owner)
        self.assertEqual(
            self.url_open("/my/estimates/99999999999999999999").status_code, 404
        )
        self.enter(self.login_other)
        self.assertEqual(self.url_open(f"{self.path}?access_token=é").status_code, 404)
        for path in (self.path, f"/my/visits/{self.repair.id}"):
            for report in ("pdf", "html", "text"):
                query = f"?report_type={report}"
                self.assertEqual(self.url_open(path + query).status_code, 404, path)

    def test_typed_zero_bytes_are_left_out(self):
        self.enter(self.login_owner)
        page = self.open_page(self.path)
        self.send(f"{self.path}/decline", page, reason="Too\x00dear")
        self.assertEqual(self.estimate.state, "refused")
        path = f"/my/vehicles/{self.car.id}/book"
        page = self.open_page(path)
        self.send(path, page, request="Please\x00call", branch=str(self.branch.id))
        visit = self.env["dealer.appointment"].search(
            [("vehicle_id", "=", self.car.id)]
        )
        self.assertEqual(visit.request, "Pleasecall")

    def test_new_owner_sees_nothing_of_the_former_ones_time(self):
        old = self.make_repair("2026-01-05 04:00:00", work_summary="Secret work")
        due = self.make_repair(date_in="2026-01-06 04:00:00")
        self.car.write({"owner_id": self.stranger.id, "purchase_date": False})
        self.enter(self.login_other)
        page = self.open_page(f"/my/vehicles/{self.car.id}")
        self.assertNotIn("Secret work", page)
        for repair in (old, due):
            self.open_page(f"/my/visits/{repair.id}", 404)
        self.open_page(self.path, 404)
