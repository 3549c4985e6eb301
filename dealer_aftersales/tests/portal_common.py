# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import Command
from odoo.tests import HttpCase

from .common import AftersalesCase

#: Tomorrow of the tests' machine is a working day of this calendar.
OPEN_ALL_DAY = [
    Command.create(
        {
            "name": str(day),
            "dayofweek": str(day),
            "hour_from": 8,
            "hour_to": 18,
            "day_period": "morning",
        }
    )
    for day in range(7)
]


class PortalCase(AftersalesCase, HttpCase):
    """Two customers with a portal account, each with a car of his own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Portal", "attendance_ids": [Command.clear(), *OPEN_ALL_DAY]}
        )
        cls.branch.resource_calendar_id = calendar
        cls.branch.visit_portal_confirm = False
        cls.env["dealer.service.bay"].search([]).active = False
        cls.bay = cls.env["dealer.service.bay"].create(
            {"name": "Bay P", "company_id": cls.branch.id}
        )
        cls.customer.email = "owner@example.com"
        cls.stranger = cls.make_customer("Zhou Stranger", email="other@example.com")
        cls.strange_car = cls.make_car(
            owner_id=cls.stranger.id, license_plate="苏A54321"
        )
        cls.login_owner = cls.make_portal_user("owner", cls.customer)
        cls.login_other = cls.make_portal_user("other", cls.stranger)

    @classmethod
    def make_portal_user(cls, login, partner):
        login = f"test_{login}"
        cls.env["res.users"].create(
            {
                "name": partner.name,
                "login": login,
                "password": login,
                "partner_id": partner.id,
                "company_id": cls.branch.id,
                "company_ids": [Command.set(cls.branch.ids)],
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )
        return login

    def enter(self, login):
        self.authenticate(login, login)

    def open_page(self, path, status=200):
        """The middle of the page, as HTML."""
        response = self.url_open(path)
        self.assertEqual(response.status_code, status, path)
        return self.get_main(response)

    def get_main(self, response):
        return response.text.partition("<main>")[2].rpartition("</main>")[0]

    def send(self, path, page, status=200, **data):
        """Post a form with the token of the ``page`` it stands on: the next page."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        data["csrf_token"] = token and token.group(1)
        response = self.url_open(path, data=data)
        self.assertEqual(response.status_code, status, path)
        return self.get_main(response)
