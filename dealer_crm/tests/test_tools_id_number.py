# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util
import random
import unittest
from datetime import date, timedelta
from unittest.mock import Mock, patch

from odoo.tests import BaseCase

from ..tools import id_number
from ..tools.id_number import (
    check_id_number,
    id_check_character,
    mask_id_number,
    normalize_id_number,
)

TODAY = date(2026, 3, 1)
HAS_TABLE = importlib.util.find_spec("stdnum") is not None


def complete(digits):
    return digits + id_check_character(digits)


def judge(value, today=TODAY):
    return check_id_number(value, today)


class TestIdNumber(BaseCase):
    def assert_reason(self, value, reason):
        check = judge(value)
        self.assertEqual((check.status, check.reason), ("invalid", reason), value)

    def test_valid_number_in_any_typing(self):
        for value in (
            "11010519491231002X",
            "11010519491231002x",
            "110105 19491231 002X",
            "11010519491231 002X",
            "110105-19491231-002X",
            "１１０１０５１９４９１２３１００２Ｘ",
        ):
            self.assertEqual(normalize_id_number(value), "11010519491231002X")
            check = judge(value)
            self.assertEqual(check.status, "ok", value)
            self.assertEqual(check.birthdate, date(1949, 12, 31))
            self.assertEqual(check.gender, "female")
            self.assertEqual(check.notices, ())

    def test_wrong_check_character(self):
        self.assert_reason("110105194912310021", "check_digit")

    def test_wrong_length(self):
        for value in ("", None, "1101051949123100", "11010519491231002X1"):
            self.assert_reason(value, "length")

    def test_wrong_characters(self):
        for value in (
            "11010519491231X02X",
            "11010519491231002Y",
            "11010519491231002車",
            "11010519491231002_",
        ):
            self.assert_reason(value, "charset")

    def test_leap_day_exists_only_in_leap_years(self):
        for value in ("110101200002290018", "31011519960229002X"):
            self.assertEqual(judge(value).status, "ok", value)
        for value in (
            "110101199002290012",
            "110101200102290015",
            "110101199013010012",
        ):
            self.assert_reason(value, "date")

    def test_birth_in_the_future(self):
        self.assert_reason("110101203001010014", "future")

    def test_birth_today_is_no_future(self):
        value = complete("11010120260301001")
        self.assertEqual(judge(value).notices, ("minor",))
        check = judge(value, TODAY - timedelta(days=1))
        self.assertEqual(check.reason, "future")

    def test_age_over_120(self):
        self.assertEqual(id_check_character("44052418800101001"), "4")
        self.assert_reason("440524188001010014", "age")
        self.assertEqual(judge(complete("11010519050302001")).status, "ok")
        self.assert_reason(complete("11010519050301001"), "age")

    def test_minor_until_eighteenth_birthday(self):
        self.assertEqual(judge(complete("11010520080302001")).notices, ("minor",))
        self.assertEqual(judge(complete("11010520080301001")).notices, ())

    def test_gender(self):
        self.assertEqual(judge("310101198506150059").gender, "male")
        self.assertEqual(judge("310101198506150040").gender, "female")

    def test_permits_and_foreign_cards_have_no_area(self):
        for value in (
            "810000199001010019",
            complete("82000019900101002"),
            complete("83000019900101003"),
            "93115619800101001X",
        ):
            check = judge(value)
            self.assertEqual(check.status, "ok", value)
            self.assertIsNone(check.area_known)
            self.assertEqual(check.notices, ())

    def test_old_numbers_are_told_apart(self):
        check = judge("110105491231002")
        self.assertEqual((check.status, check.reason), ("invalid", "old_15"))
        self.assertEqual(check.birthdate, date(1949, 12, 31))
        self.assertEqual(check.gender, "female")
        self.assert_reason("110105194912310", "length")  # beginning of a new one
        self.assert_reason("CHN310012345678", "old_foreign")


class TestIdNumberArea(BaseCase):
    @unittest.skipUnless(HAS_TABLE, "python-stdnum is not installed")
    def test_table_gives_a_hint(self):
        self.assertIs(judge("11010519491231002X").area_known, True)
        check = judge("440524198001010013")
        self.assertEqual(check.status, "ok")
        self.assertIs(check.area_known, False)
        self.assertEqual(check.notices, ("area_unknown",))

    def test_area_counts_in_its_years_only(self):
        table = Mock()
        table.info.return_value = [
            ("44", {"province": "广东省"}),
            ("0524", {"county": "[1983-1993]潮阳县,[2001-]某区"}),
        ]
        with patch.object(id_number, "_area_table", return_value=table):
            for year, known in (
                (1982, False),
                (1983, True),
                (1993, True),
                (1994, False),
                (2001, True),
            ):
                check = judge(complete(f"440524{year}0101001"))
                self.assertIs(check.area_known, known, year)

    def test_table_is_not_required(self):
        with patch.object(id_number, "_area_table", return_value=None):
            check = judge("440524198001010013")
        self.assertEqual(check.status, "ok")
        self.assertIsNone(check.area_known)
        self.assertEqual(check.notices, ())

    def test_missing_package_gives_no_table(self):
        with patch.dict("sys.modules", {"stdnum": None}):
            self.assertIsNone(id_number._area_table.__wrapped__())

    def test_impossible_province_is_noticed_anyway(self):
        with patch.object(id_number, "_area_table", return_value=None):
            check = judge(complete("77010519900101001"))
        self.assertEqual(check.status, "ok")
        self.assertEqual(check.notices, ("area_unknown",))


class TestIdNumberProperties(BaseCase):
    def test_generated_numbers_pass_and_single_errors_are_caught(self):
        rand = random.Random(11643)
        for _count in range(50):
            born = date(1940, 1, 1) + timedelta(days=rand.randrange(24000))
            number = complete(f"310101{born:%Y%m%d}{rand.randrange(1000):03}")
            check = judge(number)
            self.assertEqual((check.status, check.birthdate), ("ok", born), number)
            for index in range(17):
                for digit in set("0123456789") - {number[index]}:
                    wrong = number[:index] + digit + number[index + 1 :]
                    self.assertEqual(judge(wrong).reason, "check_digit", wrong)


class TestIdNumberMask(BaseCase):
    def test_mask(self):
        for value, masked in (
            ("11010519491231002x", "110*************2X"),
            ("110105491231002", "110**********02"),
            ("E12345678", "E1*****78"),
            ("H1234567890", "H1*******90"),
            ("12345", "1***5"),
            ("1234", "****"),
            ("", ""),
            (False, ""),
        ):
            self.assertEqual(mask_id_number(value), masked)
