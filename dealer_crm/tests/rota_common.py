# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from .common import DealerCrmCase


class RotaCase(DealerCrmCase):
    """Three consultants of a branch, on today's rota in the order 1, 2, 3."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "dealer_crm.group_sales_consultant"
        cls.first, cls.second, cls.third = (
            cls.make_user(f"turn{number}", group) for number in (1, 2, 3)
        )
        cls.desk = cls.make_user("desk", "dealer_crm.group_receptionist")
        cls.rota = cls.make_rota(cls.first, cls.second, cls.third)

    @classmethod
    def make_rota(cls, *users, **values):
        defaults = {
            "date": cls.branch._get_dealer_today(),
            "company_id": cls.branch.id,
            "line_ids": [
                Command.create({"user_id": user.id, "sequence": number})
                for number, user in enumerate(users, 1)
            ],
        }
        return cls.env["dealer.rota"].create(defaults | values)

    def get_line(self, user):
        return self.rota.line_ids.filtered(lambda line: line.user_id == user)

    def press(self, user, records, method, *args):
        """Call a method of records over the door that RPC clients use."""
        return self.call(user, records._name, method, records.ids, *args)

    def take(self, **values):
        return (
            self.env["dealer.rota"]
            .with_user(self.desk)
            ._take_turn(self.branch, **values)
        )

    def peek(self):
        return self.env["dealer.rota"].with_user(self.desk)._peek_turn(self.branch)
