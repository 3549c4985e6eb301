# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..tools.search_text import read_search_text


@tagged("post_install", "-at_install")
class TestSearchText(BaseCase):
    """What a typed text may stand for."""

    def assert_reads(self, text, **expected):
        typed = read_search_text(text)
        known = {name: value for name, value in typed._asdict().items() if value}
        self.assertEqual(known, expected, text)

    def test_full_vin_is_nothing_else(self):
        for text in (
            "le4zg4cb4nl000008",
            "LE4ZG4CB4 NL000008",
            "ＬＥ４ＺＧ４ＣＢ４ＮＬ０００００８",
        ):
            self.assert_reads(text, vin="LE4ZG4CB4NL000008")

    def test_six_digits_may_be_the_end_of_any_number(self):
        self.assert_reads(
            "000008",
            phone="000008",
            vin="000008",
            plate_tail="000008",
            engine="000008",
            number="000008",
        )

    def test_mobile_number_in_any_spelling(self):
        for text in (
            "13800138000",
            "138 0013 8000",
            "+86 138-0013-8000",
            "１３８００１３８０００",
        ):
            self.assertEqual(read_search_text(text).phone, "13800138000", text)

    def test_three_digits_are_too_few_for_anything(self):
        self.assert_reads("123")

    def test_plate_with_and_without_its_province(self):
        self.assertEqual(read_search_text("粤B·1C2D3").plate_head, "粤B1C2D3")
        self.assertEqual(read_search_text("b1c2d3").plate_tail, "B1C2D3")
        self.assertEqual(read_search_text("2d3").plate_tail, "2D3")

    def test_names(self):
        self.assert_reads("王", name="王")
        self.assert_reads(" Wang  Testa ", name="wang testa")
        self.assertEqual(read_search_text("云丽").name, "云丽")
        self.assert_reads("w")

    def test_order_numbers_keep_their_signs(self):
        self.assertEqual(read_search_text("wh/ro/00012").number, "WH/RO/00012")
        self.assertEqual(read_search_text("S00012").number, "S00012")

    def test_signs_and_nothing_mean_nothing(self):
        for text in ("", None, False, "-", "·", "- -", "%%%", "__"):
            self.assert_reads(text)
