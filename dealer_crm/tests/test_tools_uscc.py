# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.tests import BaseCase

from ..tools.uscc import check_uscc, normalize_uscc, uscc_check_character

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def complete(body):
    return body + uscc_check_character(body)


class TestUscc(BaseCase):
    def test_valid_codes(self):
        for code in (
            "91110000600037341L",
            "91350100M000100Y43",
            "91330100799655058B",
            "91440300MA5DA0000F",
        ):
            check = check_uscc(code)
            self.assertEqual(check, ("ok", "", code[-1], ()), code)

    def test_typed_forms_are_normalised(self):
        for value in ("9111 0000 6000 3734 1L", "91110000-600037341-l"):
            self.assertEqual(normalize_uscc(value), "91110000600037341L")
            self.assertEqual(check_uscc(value).status, "ok")

    def test_wrong_check_character(self):
        check = check_uscc("911100006000373410")
        self.assertEqual(check, ("invalid", "check_digit", "L", ()))

    def test_wrong_length(self):
        for value in ("", False, "91110000600037341", "91110000600037341LL"):
            self.assertEqual(check_uscc(value)[:2], ("invalid", "length"), value)

    def test_wrong_characters(self):
        for char in "IOSVZ车_":
            value = f"9111000060003734{char}L"
            self.assertEqual(check_uscc(value)[:2], ("invalid", "charset"), value)
        self.assertEqual(check_uscc("911100A0600037341L").reason, "charset")

    def test_letter_in_front_is_only_noticed(self):
        for start in ("A1", "N2", "5A"):
            check = check_uscc(complete(start + "110000600037341"))
            self.assertEqual(check.status, "ok", start)
            self.assertEqual(check.notices, ("letter_prefix",))

    def test_generated_codes_pass_and_single_errors_are_caught(self):
        rand = random.Random(32100)
        for _count in range(50):
            code = complete("91440300" + "".join(rand.choices(ALPHABET, k=9)))
            self.assertEqual(check_uscc(code).status, "ok", code)
            for index in range(8, 18):
                for char in set(ALPHABET) - {code[index]}:
                    wrong = code[:index] + char + code[index + 1 :]
                    self.assertEqual(check_uscc(wrong).reason, "check_digit", wrong)
