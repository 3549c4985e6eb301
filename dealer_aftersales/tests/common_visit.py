# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import AftersalesCase

#: Nine o'clock in Shanghai on the Wednesday after NOW.
NINE = "2026-03-11 01:00:00"
TEN = "2026-03-11 02:00:00"


class VisitCase(AftersalesCase):
    """A workshop that is open day and night, with two bays and one advisor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.write(
            {
                "resource_calendar_id": False,
                "service_advisor_ids": [(6, 0, cls.advisor.ids)],
                "visit_slot_minutes": 30,
                "visit_advisor_limit": 2,
                "visit_maintenance_minutes": 60,
                "visit_repair_minutes": 120,
                "service_request_days": 3,
            }
        )
        bays = cls.env["dealer.service.bay"]
        bays.search([("company_id", "=", cls.branch.id)]).active = False
        cls.bay = bays.create({"name": "T1", "company_id": cls.branch.id})
        cls.bay_two = bays.create({"name": "T2", "company_id": cls.branch.id})

    @classmethod
    def make_cars(cls, count):
        return [
            cls.make_car(owner_id=cls.make_customer(f"Owner {number}").id)
            for number in range(count)
        ]

    @classmethod
    def make_visit(cls, start=NINE, user=None, **values):
        visits = cls.env["dealer.appointment"].with_user(user or cls.advisor)
        values = {"vehicle_id": cls.car.id, "date_start": start, **values}
        return visits.create(values)
