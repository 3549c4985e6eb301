# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSmsUndelivered(DealerCrmCase):
    """The ledger follows what the provider said of a text message (LOY-05)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = cls.env["dealer.contact"]
        cls.template = cls.env["mail.template"]._get_thanks_template()
        cls.people = cls.make_customer("Sun Testa") + cls.make_customer("Wu Testa")

    def send(self):
        uuids = self.template._queue_sms(
            [(p.phone, "Thank you", p) for p in self.people]
        )
        rows = [
            {"partner_id": p.id, "company_id": self.branch.id, "sms_uuid": uuid}
            for p, uuid in zip(self.people, uuids, strict=True)
        ]
        contacts = self.ledger._log_material(rows, self.template, "sms", "care")
        return contacts, self.env["sms.sms"].search([("uuid", "in", uuids)], order="id")

    def test_refused_message_is_no_contact(self):
        contacts, messages = self.send()
        self.assertEqual(messages.partner_id, self.people)
        self.assertEqual(self.ledger._follow_sms(), 0)
        self.assertEqual(set(contacts.mapped("outcome")), {"reached"})
        messages[0].write({"state": "error", "failure_type": "sms_number_format"})
        messages[1].write({"state": "pending"})
        self.assertEqual(self.ledger._follow_sms(), 1)
        self.assertEqual(contacts.mapped("outcome"), ["not_reached", "reached"])
        self.assertEqual(
            contacts.mapped("not_delivered"), ["Wrong Number Format", False]
        )
        self.assertEqual(self.ledger._follow_sms(), 0, "each is looked at once")

    def test_budget_does_not_count_what_did_not_arrive(self):
        contacts, messages = self.send()
        before = self.people._get_governor_facts()
        messages.write({"state": "canceled"})
        self.ledger._follow_sms()
        after = self.people._get_governor_facts()
        for person in self.people:
            self.assertEqual(before[person.id].touches, 1)
            self.assertEqual(after[person.id].touches, 0)
        self.assertEqual(
            set(contacts.mapped("not_delivered")), {"Taken out of the queue"}
        )

    def test_nobody_writes_it_by_hand(self):
        contacts, _messages = self.send()
        with self.assert_refused(UserError, "Not delivered because"):
            contacts[0].with_user(self.manager).not_delivered = "Lost"
