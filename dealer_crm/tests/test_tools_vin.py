# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.tests import BaseCase

from ..tools.vin import (
    check_digit,
    check_vin,
    model_year_hint,
    normalize_vin,
    suggest_vin,
)

VERIFIED = {
    "1M8GDM9AXKP042788": "X",
    "11111111111111111": "1",
    "5GZCZ43D13S812715": "1",
    "1HGCM82633A004352": "3",
    "LSVAA49J132047371": "1",
    "LVSHCAMB1CE054249": "1",
    "LDC613P23A1305189": "3",
    "LSGPC52U6AF102554": "6",
    "LSVAA49J1A2000001": "1",
    "LSVAA49JXR2000008": "X",
    "LGXC16DF3R0000005": "3",
    "LE4ZG4CB4NL000008": "4",
    "LRW3E7EA3RC000009": "3",
    "LFMARE2C9SA000006": "9",
    "LHGRB1845J8000003": "5",
    "LSVJA49J1A2000001": "1",
}
REFUSED_DIGIT = {"LFV3A23C0B3012345": "7", "LHGRB184872000001": "7"}
FOREIGN = {
    "WVWZZZ1KZAW123456": "9",
    "WP0ZZZ99ZTS392124": "8",
    "YV1RS592X72600000": "2",
    "WAUZZZ8K9BA000001": "9",
}
ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
EQUAL_VALUES = ("AJ1", "BKS2", "CLT3", "DMU4", "ENV5", "FW6", "GPX7", "HY8", "RZ9")


def with_digit(vin):
    return vin[:8] + check_digit(vin) + vin[9:]


def are_equal(one, other):
    return any(one in group and other in group for group in EQUAL_VALUES)


class TestVinCheck(BaseCase):
    def test_vectors_with_check_digit_are_verified(self):
        for vin, digit in VERIFIED.items():
            with self.subTest(vin=vin):
                self.assertEqual(check_digit(vin), digit)
                check = check_vin(vin)
                self.assertEqual(check[:3], ("ok", "", digit))
                self.assertTrue(check.accepted)

    def test_chinese_vin_of_2005_or_later_with_wrong_digit_is_refused(self):
        for vin, digit in REFUSED_DIGIT.items():
            with self.subTest(vin=vin):
                check = check_vin(vin)
                self.assertEqual(check, ("mismatch", "check_digit", digit, True))
                self.assertFalse(check.accepted)

    def test_north_american_vin_with_wrong_digit_is_refused(self):
        for wmi in "12345":
            vin = with_digit(wmi + "HGCM82603A004352")
            wrong = vin[:8] + ("0" if vin[8] != "0" else "1") + vin[9:]
            self.assertFalse(check_vin(wrong).accepted, wrong)
            self.assertTrue(check_vin(wrong).required, wrong)

    def test_foreign_vin_is_accepted_but_never_verified(self):
        for vin, digit in FOREIGN.items():
            with self.subTest(vin=vin):
                check = check_vin(vin)
                self.assertEqual(check, ("not_applicable", "", digit, False))
                self.assertTrue(check.accepted)

    def test_malformed_vin_is_refused_with_reason(self):
        for value, reason in (
            ("LSVAA49J1O2000001", "charset"),
            ("LSVAA49J1A200000", "length"),
            ("LSVAA49J1A20000011", "length"),
            ("LSVAA49J1A200000車", "charset"),
            ("LSVAA49J1A200000_", "charset"),
            ("LSVAA49J1A200000١", "charset"),
            ("", "length"),
            (False, "length"),
        ):
            with self.subTest(value=value):
                check = check_vin(value)
                self.assertEqual(check, ("invalid", reason, "", False))
                self.assertFalse(check.accepted)
                self.assertEqual(check_digit(value), "")

    def test_typed_forms_are_normalised(self):
        for value in (
            "lsv aa49-j1a2000001",
            "ＬＳＶＡＡ４９Ｊ１Ａ２０００００１",
            "\u200bLSVAA49J\u00a01A2\u3000000001\n",
        ):
            self.assertEqual(normalize_vin(value), "LSVAA49J1A2000001")
            self.assertEqual(check_vin(value).status, "ok")
        self.assertEqual(normalize_vin(None), "")


class TestVinChineseYear(BaseCase):
    def is_required(self, code, reference_year=None):
        return check_vin(f"LSVAA49J1{code}2000001", reference_year).required

    def test_unambiguous_codes_require_the_digit(self):
        for code in "ABCDEFGHJKLMNPRST56789":
            self.assertTrue(self.is_required(code), code)
            self.assertTrue(self.is_required(code, 2012), code)

    def test_ambiguous_codes_are_read_as_old_without_reference_year(self):
        for code in "VWXY1234":
            self.assertFalse(self.is_required(code), code)

    def test_ambiguous_codes_follow_the_reference_year(self):
        self.assertFalse(self.is_required("V", 2025))
        self.assertTrue(self.is_required("V", 2026))
        self.assertFalse(self.is_required("4", 2032))
        self.assertTrue(self.is_required("4", 2033))

    def test_no_year_code_requires_nothing(self):
        for code in "0UZ":
            self.assertFalse(self.is_required(code, 2030), code)

    def test_old_vin_with_wrong_digit_is_accepted_unverified(self):
        check = check_vin("LSVAA49J232047371")
        self.assertEqual(check, ("mismatch", "check_digit", "1", False))
        self.assertTrue(check.accepted)


class TestVinProperties(BaseCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(16735)

    def make_vin(self):
        body = "".join(self.random.choices(ALPHABET, k=16))
        year = self.random.choice("ABCDEFGHJKLMNPRST56789")
        return with_digit("L" + body[:8] + year + body[9:])

    def test_generated_vin_is_verified(self):
        for _count in range(500):
            vin = self.make_vin()
            self.assertEqual(check_vin(vin).status, "ok", vin)

    def test_single_wrong_character_is_caught_unless_of_equal_value(self):
        for _count in range(20):
            vin = self.make_vin()
            for index in range(1, 17):
                self.check_changes(vin, index)

    def check_changes(self, vin, index):
        for char in ALPHABET:
            changed = vin[:index] + char + vin[index + 1 :]
            # in position 9 stands the digit itself, where letters have no value
            same = char == vin[index] or (index != 8 and are_equal(char, vin[index]))
            expected = "ok" if same else "mismatch"
            self.assertEqual(check_vin(changed).status, expected, (vin, changed))

    def test_lookalike_letters_never_pass(self):
        for _count in range(50):
            vin = self.make_vin()
            index = self.random.randrange(17)
            wrong = vin[:index] + self.random.choice("IOQ") + vin[index + 1 :]
            self.assertEqual(check_vin(wrong)[:2], ("invalid", "charset"))

    def test_mistyped_zero_and_one_are_proposed_back(self):
        for _count in range(50):
            vin = self.make_vin()
            typed = vin.replace("0", self.random.choice("OQ")).replace("1", "I")
            self.assertEqual(suggest_vin(typed), "" if typed == vin else vin)


class TestVinHints(BaseCase):
    def test_suggestion_replaces_lookalikes(self):
        self.assertEqual(suggest_vin("LSVAA49JIA2OOQ001"), "LSVAA49J1A2000001")
        self.assertEqual(suggest_vin("wauzzz8k9ba00000i"), "WAUZZZ8K9BA000001")

    def test_no_suggestion_without_gain(self):
        for value in (
            "LSVAA49J1A2000001",  # nothing to replace
            "LFV3A23C0B30I2345",  # the digit would still not fit
            "LSVAA49J1A2OOOO1",  # 16 characters
            "",
        ):
            self.assertEqual(suggest_vin(value), "", value)

    def test_year_code_cycles(self):
        codes = "ABCDEFGHJKLMNPRSTVWXY123456789"
        for offset, code in enumerate(codes):
            vin = f"WVWZZZ1KZ{code}W123456"
            self.assertEqual(model_year_hint(vin, 2008), 1980 + offset, code)
            self.assertEqual(model_year_hint(vin, 2038), 2010 + offset, code)

    def test_latest_year_not_after_next_year(self):
        vin = "LSVAA49JXR2000008"
        self.assertEqual(model_year_hint(vin, 2023), 2024)
        self.assertEqual(model_year_hint(vin, 2022), 1994)
        self.assertEqual(model_year_hint("LHGRB184872000001", 2026), 2007)

    def test_north_america_reads_position_seven(self):
        self.assertEqual(model_year_hint("1HGCM82633A004352", 2040), 2003)
        self.assertEqual(model_year_hint("1HGCM8263FA004352", 2026), 1985)
        self.assertEqual(model_year_hint("1HGCM8E63FA004352", 2026), 2015)
        self.assertEqual(model_year_hint("1HGCM8E63YA004352", 2026), 2000)

    def test_no_hint_without_year_code(self):
        for code in "0UZ":
            self.assertIsNone(model_year_hint(f"WVWZZZ1KZ{code}W123456", 2026))
        self.assertIsNone(model_year_hint("WVWZZZ1KZBW12345", 2026))
        self.assertIsNone(model_year_hint("WVWZZZ1KZBW123456", 1970))
