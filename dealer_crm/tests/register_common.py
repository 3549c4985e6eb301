# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.fields import Command

from .common import NOW, TODAY, DealerCrmCase


class RegisterCase(DealerCrmCase):
    """A receptionist, three consultants on a confirmed rota, and lines to enter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.front = cls.make_user("front", "dealer_crm.group_receptionist")
        group = "dealer_crm.group_sales_consultant"
        cls.li = cls.make_user("li", group)
        cls.wu = cls.make_user("wu", group)
        cls.xu = cls.make_user("xu", group)

    @classmethod
    def make_rota(cls, *users, state="confirmed"):
        rota = cls.env["dealer.rota"].create(
            {
                "date": TODAY,
                "company_id": cls.branch.id,
                "line_ids": [
                    Command.create({"user_id": user.id, "sequence": number})
                    for number, user in enumerate(users, 1)
                ],
            }
        )
        if state == "confirmed":
            rota.action_confirm()
        return rota

    def visit(self, user=None, **values):
        """A line of the visit register as the list saves it; by the reception."""
        return self.enter_line(user, {"channel": "visit", "purpose": "look"} | values)

    def phone_call(self, user=None, **values):
        """A line of the call register."""
        defaults = {"channel": "phone", "direction": "in", "purpose": "consult"}
        return self.enter_line(user, defaults | values)

    def enter_line(self, user, values):
        if not {"visitor_name", "visitor_phone"} & values.keys():
            values["visitor_name"] = "Sun Testa"
        contacts = self.env["dealer.contact"].with_user(user or self.front)
        return contacts.create({"date": NOW} | values)

    def run_job(self, name):
        """Run the scheduled action of this name as the scheduler does."""
        jobs = type(self.env["ir.cron"])
        with patch.object(jobs, "_commit_progress", return_value=60):
            getattr(self.env["dealer.contact"].sudo(), f"_cron_{name}")()
