# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What customer care prints: builders of test_prints.py."""

from datetime import timedelta

STREET = "雨花台区软件大道东侧远桥科技园区第十八幢临街商铺" * 15


class CareForms:
    """Mixin: (records, texts that must be on paper) per form."""

    def build_report_callback_letter(self):
        """Letters of a festival: one reader with the least, one with everything."""
        people = self.make_customer("华一", street="后街一号") | self.make_customer(
            "金二", gender="female", city="南京", street=STREET
        )
        people.write({"company_id": self.branch.id})
        people.sudo().write({"file_state": "filed"})
        today = self.branch._get_dealer_today()
        festival = self.env["dealer.festival"].create(
            {
                "name": "店庆",
                "greeting": "店庆快乐",
                "line_ids": [(0, 0, {"date": today})],
            }
        )
        letter = self.env.ref("dealer_aftersales.mail_template_callback_greeting")
        policy = self.env["dealer.callback.policy"].create(
            {
                "name": "店庆问候",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain": f"[('id', 'in', {people.ids})]",
                "cycle": "festival",
                "festival_id": festival.id,
                "offset_days": 0,
                "date_start": today - timedelta(days=1),
                "purpose": "care",
                "channel": "letter",
                "template_id": letter.id,
                "gift": "保温杯",
            }
        )
        calls = policy._make_callbacks(self.branch, limit=10).sorted("id")
        return calls, ["华一", "金二", "店庆快乐", "保温杯", STREET]
