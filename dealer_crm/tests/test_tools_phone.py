# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.tests import BaseCase

from ..tools.phone import classify_phone, mask_phone, normalize_cn_phone


class TestPhone(BaseCase):
    def assert_phone(self, value, normalized, kind):
        with self.subTest(value=value):
            self.assertEqual(normalize_cn_phone(value), normalized)
            self.assertEqual(normalize_cn_phone(normalized), normalized)
            self.assertEqual(classify_phone(value), kind)
            self.assertEqual(classify_phone(normalized), kind)

    def test_mobile_in_any_typing_is_one_number(self):
        for value in (
            "13800138000",
            "+86 138-0013-8000",
            "+86-138 0013 8000",
            "(+86)13800138000",
            "0086 13800138000",
            "8613800138000",
            "013800138000",
            "１３８００１３８０００",
            "138\u00a00013\u200b8000",
            "138.0013.8000",
            "＋86 138–0013–8000",
        ):
            self.assert_phone(value, "13800138000", "mobile")

    def test_every_mobile_range_is_taken(self):
        for range_digit in "3456789":
            self.assertEqual(classify_phone(f"1{range_digit}200000000"), "mobile")

    def test_wrong_mobile_is_refused(self):
        for value in ("12800138000", "1380013800", "138001380001", "1380013800O"):
            self.assert_phone(value, value, "invalid")
        self.assert_phone("+86 12800138000", "12800138000", "invalid")

    def test_landline(self):
        for value in (
            "0755-12345678",
            "(0755)12345678",
            "0755 1234 5678",
            "+86 755 12345678",
            "+86(0)755-12345678",
            "0086-0755-12345678",
            "86-755-12345678",
        ):
            self.assert_phone(value, "075512345678", "landline")
        self.assert_phone("010-65432100", "01065432100", "landline")
        self.assert_phone("+86 10 65432100", "01065432100", "landline")
        self.assert_phone("021-65432100", "02165432100", "landline")
        self.assert_phone("0571-8765432", "05718765432", "landline")

    def test_landline_keeps_its_extension(self):
        for value in (
            "0755-12345678-801",
            "075512345678转801",
            "0755-12345678 ext. 801",
            "(0755) 12345678 # 801",
            "+86-755-12345678-801",
            "+86(0)755-12345678分机801",
        ):
            self.assert_phone(value, "075512345678-801", "landline")

    def test_landline_needs_its_area_code(self):
        for value in ("12345678", "8765432", "86123456"):
            self.assert_phone(value, value, "invalid")

    def test_service_numbers(self):
        self.assert_phone("400-800-8000", "4008008000", "service")
        self.assert_phone("400-800-8000-5", "4008008000-5", "service")
        self.assert_phone("800 810 0000", "8008100000", "service")
        self.assert_phone("+86 400 800 8000", "4008008000", "service")
        for value in ("95588", "95105888", "96110", "10108888"):
            self.assert_phone(value, value, "service")

    def test_foreign_numbers_keep_their_code(self):
        self.assert_phone("+49 30 123456", "+4930123456", "foreign")
        self.assert_phone("0049 (30) 123456", "+4930123456", "foreign")
        self.assert_phone("+852 2345 6789", "+85223456789", "foreign")
        self.assert_phone("+1 (650) 253-0000", "+16502530000", "foreign")

    def test_what_is_no_number(self):
        for value in (
            "",
            None,
            False,
            "-",
            "+",
            "00",
            "+86",
            "无",
            "+49",
            "+0123456789",
        ):
            self.assertEqual(classify_phone(value), "invalid", value)
        self.assertEqual(normalize_cn_phone(False), "")

    def test_generated_mobiles_are_one_number_in_each_typing(self):
        rand = random.Random(86)
        for _count in range(200):
            number = f"1{rand.randint(3, 9)}{rand.randrange(10**9):09}"
            for prefix in ("", "+86", "86 ", "0086-", "0"):
                typed = f"{prefix}{number[:3]}-{number[3:7]} {number[7:]}"
                self.assertEqual(normalize_cn_phone(typed), number, typed)

    def test_generated_foreign_numbers_never_turn_chinese(self):
        rand = random.Random(49)
        for _count in range(200):
            number = (
                f"+{rand.choice((1, 44, 49, 81, 852))}{rand.randrange(10**8, 10**9)}"
            )
            self.assert_phone(number, number, "foreign")

    def test_mask(self):
        for value, masked in (
            ("+86 138-0013-8000", "138****8000"),
            ("0755-12345678", "075*****5678"),
            ("+49 30 123456", "+49****3456"),
            ("4008008000", "40******00"),
            ("95588", "***88"),
            ("110", "***"),
            ("", ""),
            (False, ""),
        ):
            self.assertEqual(mask_phone(value), masked)
