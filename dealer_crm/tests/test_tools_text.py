# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase

from ..tools.text import DOTS, HYPHENS, mask_middle, squash, to_halfwidth


class TestText(BaseCase):
    def test_squash_removes_every_kind_of_blank(self):
        for blank in " \t\r\n\u00a0\u3000\u2003\u200b\u200d\u202f\u2060\ufeff\u00ad":
            self.assertEqual(squash(f"{blank}A{blank}1{blank}"), "A1", repr(blank))

    def test_squash_makes_fullwidth_halfwidth_and_keeps_case(self):
        self.assertEqual(squash("Ａｂ　１２"), "Ab12")

    def test_squash_keeps_hyphens_and_dots_unless_named(self):
        self.assertEqual(squash("a-b.c"), "a-b.c")
        self.assertEqual(squash("a-b–c.d·e－f・g", drop=HYPHENS + DOTS), "abcdefg")

    def test_missing_value_is_the_empty_text(self):
        for value in (None, False, ""):
            self.assertEqual(squash(value), "")
            self.assertEqual(to_halfwidth(value), "")

    def test_number_becomes_text(self):
        self.assertEqual(squash(13800138000), "13800138000")

    def test_halfwidth_leaves_names_and_punctuation_alone(self):
        self.assertEqual(
            to_halfwidth("张三，ＡＢＣ１２３－４　５《６》。"),
            "张三,ABC123-4 5《6》。",
        )

    def test_mask_middle_keeps_the_length(self):
        self.assertEqual(mask_middle("abcdef", 1, 2), "a***ef")
        self.assertEqual(mask_middle("abc", 0, 0), "***")
        self.assertEqual(mask_middle("", 2, 2), "")
