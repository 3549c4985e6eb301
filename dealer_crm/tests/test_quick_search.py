# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..tools.search_text import read_search_text
from .common import DealerCrmCase

ID_NUMBER = "11010519491231002X"


class QuickSearchCase(DealerCrmCase):
    """A customer with a car and a contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.make_customer("Ouyang Quicka", phone="15912340987")
        cls.car = cls.make_car(
            vin_sn="LE4ZG4CB4NL000008",
            license_plate="粤B1C2D3",
            engine_number="eng77x4321",
            owner_id=cls.person.id,
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.person.id,
                "name": "SQ2026-0417",
                "user_id": cls.consultant.id,
            }
        )


@tagged("post_install", "-at_install")
class TestQuickSearch(QuickSearchCase):
    """One typed text finds the customer and the car (CUS-39, VEH-14)."""

    def find(self, text, user=None, **kwargs):
        return self.call(
            user or self.consultant, "dealer.reception", "search_hits", text, **kwargs
        )

    def assert_finds(self, text):
        hits = [hit for hit in self.find(text) if hit["partner_id"] == self.person.id]
        self.assertEqual(len(hits), 1, text)
        self.assertEqual(hits[0]["plate"], "粤B1C2D3", text)
        self.assertEqual(hits[0]["vin"], "LE4ZG4CB4NL000008", text)
        return hits[0]

    def test_everything_on_card_car_and_papers_finds_both(self):
        for text in (
            "000008",  # last six of the VIN
            "NL 000008",
            "le4zg4cb4nl000008",
            "2D3",
            "粤b·1c2d3",
            "ＮＬ０００００８",
            "0987",
            "15912340987",
            "+86 159-1234-0987",
            "9123",  # in the middle of the phone
            "ENG77X4321",
            "ouyang",
            "Quicka",
            "sq2026-0417",
            "-0417",
            self.person.ref.lower(),
        ):
            with self.subTest(text=text):
                self.assert_finds(text)

    def test_second_phone_finds_the_person(self):
        self.person.phone_second = "13712347654"
        for text in ("7654", "13712347654"):
            self.assert_finds(text)

    def test_two_characters_in_the_middle_of_a_company_name(self):
        company = self.make_customer("金陵瑞昌商贸有限公司", is_company=True)
        self.assertIn(company.id, [hit["partner_id"] for hit in self.find("瑞昌")])

    def test_hit_of_a_car_names_the_car(self):
        hit = self.assert_finds("000008")
        self.assertEqual(hit["vehicle_id"], self.car.id)
        self.assertEqual(hit["name"], "Ouyang Quicka")

    def test_prospect_that_is_no_partner_yet_is_found(self):
        lead = self.make_lead(contact_name="Sima Newa", phone="15812345555")
        for text in ("5555", "sima", "15812345555", "1234555"):
            hits = self.find(text)
            self.assertIn(lead.id, [hit["lead_id"] for hit in hits], text)

    def test_open_lead_and_its_colleague_show(self):
        lead = self.make_lead(partner_id=self.person.id)
        lead.grade_id = self.branch.grade_ladder_id.grade_ids[:1]
        hit = self.assert_finds("000008")
        self.assertEqual(hit["lead_id"], lead.id)
        self.assertEqual(hit["grade"], lead.grade_id.code)
        self.assertIn("Consultant", hit["open"])

    def test_id_number_finds_nobody(self):
        self.person.sudo().write(
            {"id_document_type": "resident_id", "id_number": ID_NUMBER}
        )
        for text in (ID_NUMBER, ID_NUMBER[-6:], ID_NUMBER[:10]):
            self.assertEqual(self.find(text), [], text)
            names = self.call(self.director, "res.partner", "name_search", text)
            self.assertNotIn(self.person.id, [row[0] for row in names])

    def test_patterns_are_plain_text(self):
        for text in ("%%%%", "____", "\\", "ouy%", "' OR 1=1 --"):
            self.assertEqual(self.find(text), [], text)

    def test_records_of_another_branch_are_not_found(self):
        self.person.company_id = self.branch
        self.car.company_id = self.branch
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_consultant", self.other_branch
        )
        for text in ("000008", "0987", "ouyang", "sq2026-0417"):
            self.assertEqual(self.find(text, stranger), [], text)

    def test_shared_car_of_a_hidden_owner_shows_no_owner(self):
        self.person.company_id = self.branch
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_consultant", self.other_branch
        )
        self.car.company_id = False
        hits = self.find("000008", stranger)
        self.assertEqual([hit["vehicle_id"] for hit in hits], [self.car.id])
        self.assertFalse(hits[0]["partner_id"])
        self.assertNotIn("Ouyang", hits[0]["name"])

    def test_contract_of_a_colleague_is_not_found(self):
        self.order.user_id = self.manager
        self.assertEqual(self.find("SQ2026-0417"), [])
        self.assertTrue(self.find("SQ2026-0417", self.manager))

    def test_restricted_person_is_found_by_the_general_manager_only(self):
        self.person.sudo().is_restricted = True
        for text in ("ouyang", "0987", "SQ2026-0417", "000008"):
            for hit in self.find(text):
                self.assertFalse(hit["partner_id"], text)
                self.assertNotIn("Ouyang", hit["name"], text)
                self.assertFalse(hit["phone"], text)
        self.assertEqual(self.find("ouyang"), [])
        hits = self.find("ouyang", self.director)
        self.assertEqual([hit["partner_id"] for hit in hits], self.person.ids)

    def test_archived_people_are_not_found(self):
        other = self.make_customer("Linghu Gonea", phone="15912349999")
        other.active = False
        self.assertEqual(self.find("linghu"), [])

    def test_only_staff_searches(self):
        clerk = new_test_user(self.env, "test_clerk", "account.group_account_manager")
        with self.assertRaises(AccessError):
            self.find("000008", clerk)

    def test_cost_does_not_grow_with_the_hits(self):
        for index in range(20):
            person = self.make_customer(f"Zhuge Many {index}")
            self.make_car(owner_id=person.id)
            self.make_lead(partner_id=person.id)
        records = self.env["dealer.reception"].with_user(self.consultant)
        records.search_hits("zhuge", 40)
        counts = []
        for limit in (2, 20):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(len(records.search_hits("zhuge", limit)), limit)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[1], 25)

    def test_limit_is_bounded(self):
        self.assertLessEqual(len(self.find("o", limit=100000)), 40)


@tagged("post_install", "-at_install")
class TestListSearch(QuickSearchCase):
    """The same in the search box of the lists and in fields that take a record."""

    def search(self, model, text, user=None):
        domain = [("dealer_search", "ilike", text)]
        rows = self.call(
            user or self.consultant, model, "web_search_read", domain, {"id": {}}
        )
        return [row["id"] for row in rows["records"]]

    def test_lists_of_customers_and_cars_find_by_each_others_data(self):
        for text in ("000008", "2D3", "粤B1C2D3", "0987", "15912340987", "ouyang"):
            with self.subTest(text=text):
                self.assertIn(self.person.id, self.search("res.partner", text))
                self.assertIn(self.car.id, self.search("fleet.vehicle", text))

    def test_list_of_customers_finds_what_core_found(self):
        company = self.make_customer("金陵瑞昌商贸有限公司", is_company=True)
        for text in ("瑞昌", "商贸", "金陵"):
            self.assertIn(company.id, self.search("res.partner", text), text)

    def test_list_of_customers_finds_by_contract(self):
        self.assertEqual(self.search("res.partner", "SQ2026-0417"), self.person.ids)

    def test_list_of_leads_finds_by_phone_and_plate(self):
        lead = self.make_lead(partner_id=self.person.id, phone="15912340987")
        for text in ("0987", "粤B1C2D3", "ouyang", "000008"):
            self.assertIn(lead.id, self.search("crm.lead", text), text)

    def test_field_for_a_customer_takes_plate_vin_and_phone(self):
        for text in ("000008", "粤B1C2D3", "2D3", "0987"):
            rows = self.call(self.consultant, "res.partner", "name_search", text)
            self.assertIn(self.person.id, [row[0] for row in rows], text)

    def test_field_for_a_car_takes_owner_and_phone(self):
        for text in ("ouyang", "0987"):
            rows = self.call(self.consultant, "fleet.vehicle", "name_search", text)
            self.assertIn(self.car.id, [row[0] for row in rows], text)

    def test_accountants_keep_the_search_of_core(self):
        clerk = new_test_user(self.env, "test_clerk", "account.group_account_manager")
        rows = self.call(clerk, "res.partner", "name_search", "000008")
        self.assertNotIn(self.person.id, [row[0] for row in rows])
        rows = self.call(clerk, "res.partner", "name_search", "Ouyang")
        self.assertIn(self.person.id, [row[0] for row in rows])
        with self.assertRaises(AccessError):
            self.search("res.partner", "000008", clerk)


@tagged("post_install", "-at_install")
class TestSearchIndexes(DealerCrmCase):
    """Every condition of the quick search has an index that serves it."""

    def assert_no_seq_scan(self, model, domain):
        query = self.env[model].with_context(active_test=False)._search(domain)
        self.cr.execute("SET LOCAL enable_seqscan = off")
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in rows)
        self.assertNotIn("Seq Scan", plan)
        self.assertIn("Index", plan)

    def test_typed_numbers_use_indexes(self):
        for model, text in (
            ("fleet.vehicle", "000008"),
            ("fleet.vehicle", "LE4ZG4CB4NL000008"),
            ("fleet.vehicle", "粤B1C2"),
            ("fleet.vehicle", "2D3"),
            ("res.partner", "0987"),
            ("res.partner", "15912340987"),
            ("res.partner", "欧阳"),
            ("crm.lead", "0987"),
            ("crm.lead", "欧阳"),
        ):
            with self.subTest(model=model, text=text):
                typed = read_search_text(text)
                self.assert_no_seq_scan(
                    model, self.env[model]._get_search_domain(typed)
                )

    def test_fragments_use_indexes_where_the_database_can(self):
        if not self.env.registry.has_trigram:
            self.assertFalse(
                self.env["res.partner"]
                ._get_fragment_domain(read_search_text("quick"))
                .is_true()
            )
            return
        for text in ("9123", "欧阳丽"):
            domain = self.env["res.partner"]._get_fragment_domain(
                read_search_text(text)
            )
            self.assert_no_seq_scan("res.partner", domain)

    def test_order_numbers_use_an_index(self):
        sources = self.env["dealer.reception"]._get_search_sources(
            read_search_text("S00012")
        )
        for source in sources:
            if source["model"] in ("sale.order", "repair.order"):
                self.assert_no_seq_scan(source["model"], source["domain"])
