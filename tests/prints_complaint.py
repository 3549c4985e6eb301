# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the form of a complaint is filled, for the tests of all prints."""

from prints_common import LONG

WORDS = ("answer", "investigation", "proposal", "remedy", "work_done", "cause_text")


class ComplaintForms:
    """Builder of the callback and complaint form (CB-04)."""

    def build_dealer_complaint(self):
        there = self.make_customer("王三", company_id=False)
        bare, full, north = self.env["dealer.complaint"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "company_id": self.branch.id,
                    "content": "等待时间太长",
                },
                {
                    "partner_id": self.customer.id,
                    "vehicle_id": self.car.id,
                    "company_id": self.branch.id,
                    "content": LONG,
                    "cause_id": self.env.ref("dealer_aftersales.cause_process").id,
                    **dict.fromkeys(WORDS, LONG),
                },
                {
                    "partner_id": there.id,
                    "company_id": self.other_branch.id,
                    "content": "价格没有说明",
                },
            ]
        )
        texts = [bare.content, full.name, north.content]
        return bare | full | north, texts
