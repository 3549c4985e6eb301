# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may do what: the table of roles, tried over every door a client has."""

from common import ScenarioCase
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

ID_NUMBER = "310101198506150059"
ID_MASK = "310*************59"
PHONE, PHONE_MASK = "13800138000", "138****8000"
ROLES = (
    "consultant manager advisor service_manager care technician accountant director"
).split()
#: r read, w write, c create, u delete; one column per role
OPERATIONS = {
    "res.partner": "rwc rwc rwc rwc rwc r rwcu rwc",
    "fleet.vehicle": "rwc rwc rwc rwc rwc r r rwc",
    "crm.lead": "rwc rwcu - r r - - rwcu",
    "dealer.contact": "rwc rwc rwc rwc rwc rwc - rwc",
    "dealer.grade.log": "r r r r r r - r",
    "dealer.vehicle.party": "rwc rwcu rwc rwc rwc r r rwcu",
    "dealer.consent": "rc rc rc rc rc r - rc",
    "dealer.promise": "rwc rwcu rwc rwc rwc r - rwcu",
    "dealer.callback": "r r r rw rw r - rw",
    "dealer.callback.check": "- - - rw - - - rw",
    "dealer.caller.load": "- - - r - - - r",
    "dealer.callback.policy": "r r r rwcu r r - rwcu",
    "dealer.corrective.action": "rw rwc rw rwcu rwc rw - rwcu",
    "dealer.corrective.action.check": "r rwcu r rwcu rwcu r - rwcu",
    "dealer.corrective.action.progress": "rc rc rc rc rc rc - rc",
    "dealer.improvement.plan": "r rwc r rwcu rwc r - rwcu",
    "dealer.complaint": "rc rwc rwc rwc rwc r - rwc",
    "dealer.complaint.level": "r r r rwcu r r - rwcu",
    "dealer.complaint.log": "r r r r r r - r",
    "dealer.silent.dissatisfaction": "- - - r r - - r",
    "dealer.segment": "r r r rwcu r r - rwcu",
    "dealer.campaign.budget": "- rwcu - - rwcu - - rwcu",
    "dealer.campaign.task": "r rwcu r r rwcu r - rwcu",
    "dealer.promotion": "r rwcu r rwcu rwcu r - rwcu",
    "dealer.membership": "r rwc rwc rwc rwc r - rwc",
    "dealer.points.line": "r rc r rc rc r - rc",
    "dealer.club.registration": "rwc rwc rwc rwc rwc r - rwc",
    "dealer.survey.round": "- - - rwcu rwcu - - rwcu",
    "dealer.remark.rule": "- - - rwcu - - - rwcu",
    "repair.order": "r r rwcu rwcu r rwcu - rwcu",
    "dealer.repair.labor": "r r rwcu rwcu r rwcu - rwcu",
    "dealer.repair.estimate": "r r r r r r - r",
    "dealer.access.log": "- - - - - - - r",
    "dealer.identity.vault": "- - - - - - - -",
}
LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
#: what the role gets of a customer who is another consultant's
SEES = {
    # role: (phone, ID number, exports customers, has the number shown)
    "consultant": (PHONE_MASK, ID_MASK, False, False),
    "manager": (PHONE, ID_MASK, True, True),
    "advisor": (PHONE, ID_MASK, False, False),
    "service_manager": (PHONE, ID_MASK, True, False),
    "care": (PHONE, ID_MASK, True, False),
    "technician": (PHONE_MASK, False, False, False),
    "director": (PHONE, ID_MASK, True, True),
}


class TestRightsMatrix(ScenarioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.make_user(
            "accountant",
            "account.group_account_invoice,base.group_partner_manager,"
            "base.group_allow_export",
        )
        cls.users = {role: getattr(cls, role) for role in ROLES}
        colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.person = cls.make_customer(
            "Wu Testa", phone=PHONE, id_number=ID_NUMBER, user_id=colleague.id
        )

    def rpc(self, user, model, method, *args, **kwargs):
        """Call a public method over the door that clients use."""
        return call_kw(self.env[model].with_user(user), method, args, kwargs)

    def test_operations(self):
        for model, row in OPERATIONS.items():
            expected = dict(zip(ROLES, row.replace("-", "").split(" "), strict=True))
            found = {
                role: "".join(
                    letter
                    for letter, name in LETTERS.items()
                    if self.env[model].with_user(user).has_access(name)
                )
                for role, user in self.users.items()
            }
            self.assertEqual(found, expected, model)

    def test_calls_are_refused_like_the_table_says(self):
        """Over the door of RPC: the table is what happens, not what is declared."""
        for model, row in OPERATIONS.items():
            cells = dict(zip(ROLES, row.replace("-", "").split(" "), strict=True))
            for role, letters in cells.items():
                if "r" not in letters:
                    for method, args in (
                        ("search_read", ([],)),
                        ("web_search_read", ([], {"display_name": {}})),
                        ("formatted_read_group", ([], [], ["__count"])),
                        ("name_search", ()),
                    ):
                        with self.assertRaises(AccessError):
                            self.rpc(self.users[role], model, method, *args)

    def read_everywhere(self, user):
        person = self.person.with_user(user)
        self.env.invalidate_all()
        names = ["phone", "id_number"]
        spec = {name: {} for name in names}
        domain = [("id", "=", person.id)]
        rows = [
            self.rpc(user, "res.partner", "read", person.ids, names)[0],
            self.rpc(user, "res.partner", "web_read", person.ids, spec)[0],
            self.rpc(user, "res.partner", "search_read", domain, names)[0],
            self.rpc(user, "res.partner", "web_search_read", domain, spec)["records"][
                0
            ],
        ]
        seen = {(row["phone"], row["id_number"]) for row in rows}
        self.assertEqual(len(seen), 1, user.name)
        return seen.pop()

    def test_personal_data_over_every_way_of_reading(self):
        for role, (phone, number, _exports, _shown) in SEES.items():
            self.assertEqual(
                self.read_everywhere(self.users[role]), (phone, number), role
            )

    def test_nobody_finds_a_person_by_a_part_of_the_number(self):
        for role, user in self.users.items():
            with self.assertRaises(AccessError, msg=role):
                self.rpc(user, "res.partner", "search", [("id_number", "like", "3101")])
            found = self.rpc(user, "res.partner", "name_search", ID_NUMBER)
            self.assertFalse(found, role)

    def test_exports_by_role_even_with_the_right_of_odoo(self):
        export = self.env.ref("base.group_allow_export")
        for role, (phone, number, exports, _shown) in SEES.items():
            user = self.users[role]
            user.group_ids += export
            person = self.person.with_user(user)
            if not exports:
                with self.assertRaises(AccessError, msg=role):
                    person.export_data(["name", "phone", "id_number"])
                continue
            rows = person.export_data(["phone", "id_number"])["datas"]
            self.assertEqual(rows, [[phone, number]], role)
            log = self.env["dealer.access.log"].search(
                [("user_id", "=", user.id), ("kind", "=", "export")], limit=1
            )
            self.assertEqual(log.record_count, 1, role)
            self.assertIn("phone", log.reason)

    def test_export_of_each_model_is_guarded(self):
        self.consultant.group_ids += self.env.ref("base.group_allow_export")
        lead = self.make_lead()
        car = self.make_car(owner_id=self.person.id)
        contact = self.env["dealer.contact"].create({"partner_id": self.person.id})
        for record in (lead, car, contact, car.party_ids):
            with self.assertRaises(AccessError, msg=record._name):
                record.with_user(self.consultant).export_data(["display_name"])
            rows = record.with_user(self.manager).export_data(["display_name"])
            self.assertEqual(len(rows["datas"]), 1, record._name)

    def test_export_of_what_is_not_ours_follows_odoo(self):
        self.consultant.group_ids += self.env.ref("base.group_allow_export")
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        rows = supplier.with_user(self.consultant).export_data(["name"])
        self.assertEqual(rows["datas"], [["Supplier"]])
        rows = self.person.with_user(self.accountant).export_data(["name", "phone"])
        self.assertEqual(rows["datas"], [["Wu Testa", PHONE]])

    def test_no_export_without_the_right_of_odoo(self):
        for role, (_phone, _number, exports, _shown) in SEES.items():
            user = self.users[role]
            self.assertEqual(user.has_group("base.group_allow_export"), exports, role)
        with self.assertRaises(UserError):
            self.person.with_user(self.technician).export_data(["name"])

    def test_number_in_full(self):
        for role, (_phone, _number, _exports, shown) in SEES.items():
            ask = self.person.with_user(self.users[role]).action_reveal_id_number
            if shown:
                self.assertEqual(ask("contract")["params"]["message"], ID_NUMBER)
                continue
            with self.assertRaises(AccessError, msg=role):
                ask("contract")

    def test_identity_is_changed_by_those_in_charge(self):
        for role, user in self.users.items():
            person = self.person.with_user(user)
            if role in ("consultant", "technician"):
                with self.assertRaises(AccessError, msg=role):
                    person.write({"name": "Wu Testb"})
            else:
                person.write({"name": "Wu Testa"})

    def test_other_branch_is_closed_to_every_role(self):
        other = self.env["res.company"].create({"name": "Branch West"})
        lead = self.make_lead(company_id=other.id, user_id=False, team_id=False)
        person = self.make_customer(company_id=other.id)
        car = self.make_car(owner_id=person.id, company_id=other.id)
        contact = self.env["dealer.contact"].create(
            {"partner_id": person.id, "company_id": other.id}
        )
        self.make_warehouse(other)
        repair = self.make_repair(
            company_id=other.id, partner_id=person.id, vehicle_id=car.id
        )
        closed = (lead, person, car, contact, car.party_ids, repair)
        for role, user in self.users.items():
            for record in closed:
                self.assertFalse(
                    record.with_user(user).has_access("read"), (role, record._name)
                )
