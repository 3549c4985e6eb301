# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import AftersalesCase

#: All that the steps ask for.
STORY = {
    "answer": "We are sorry and look into it",
    "investigation": "The nut was not tightened",
    "proposal": "Free rework",
    "work_done": "Tightened, test drive done",
    "confirm_channel": "call",
}


class ComplaintCase(AftersalesCase):
    """Complaints of a day, by the staff that takes and handles them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Open day and night, so that hours are hours; the clock has its own tests.
        cls.branch.resource_calendar_id = False
        cls.cause = cls.env.ref("dealer_aftersales.cause_process_quality")
        cls.normal = cls.env.ref("dealer_aftersales.complaint_level_normal")
        cls.critical = cls.env.ref("dealer_aftersales.complaint_level_critical")

    @classmethod
    def make_complaint(cls, user=None, **values):
        values = {
            "partner_id": cls.customer.id,
            "vehicle_id": cls.car.id,
            "content": "The brakes squeak again",
            **values,
        }
        return cls.env["dealer.complaint"].with_user(user or cls.care).create(values)

    @classmethod
    def tell_story(cls, complaint, **values):
        """Fill in what the steps ask for."""
        complaint.write({**STORY, "cause_id": cls.cause.id, **values})
        return complaint

    @classmethod
    def make_bad_call(cls, score=1, codes=(), **values):
        """A call with a low score, or with problems named."""
        call = cls.make_callback(**values)
        call.cause_id = cls.cause  # without it a bad answer is not closed
        if score:
            call.save_answers({cls.overall.id: score})
        if codes:
            call.issue_ids = cls.env["dealer.callback.issue"].search(
                [("code", "in", codes)]
            )
        return call
