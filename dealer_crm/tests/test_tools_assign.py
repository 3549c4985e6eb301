# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from unittest import TestCase

from ..tools.assign import find_prefix, find_word, next_in_turn, split_words


class TestToolsAssign(TestCase):
    def test_lists_are_split_at_chinese_and_western_signs(self):
        self.assertEqual(
            split_words(" 江宁，浦口、 Qixia;Gulou , "),
            ["江宁", "浦口", "Qixia", "Gulou"],
        )
        self.assertEqual(split_words(False), [])

    def test_area_is_found_in_any_line_of_the_address(self):
        self.assertEqual(find_word(["江宁"], "南京市", "江宁区天元路 1 号"), "江宁")
        self.assertEqual(find_word(["nanjing"], "NANJING", None), "nanjing")
        self.assertIsNone(find_word(["浦口"], "南京市", False))

    def test_postcode_by_its_beginning(self):
        self.assertEqual(find_prefix(["2111"], " 211100"), "2111")
        self.assertIsNone(find_prefix(["2111"], "521110"))

    def test_turns_go_round(self):
        last, got = None, []
        for _turn in range(7):
            last = next_in_turn([30, 10, 20], last, {})
            got.append(last)
        self.assertEqual(got, [10, 20, 30, 10, 20, 30, 10])

    def test_turns_go_on_after_who_has_left(self):
        self.assertEqual(next_in_turn([10, 30], 20, {}), 30)
        self.assertEqual(next_in_turn([10, 20], 30, {}), 10)

    def test_who_is_full_is_passed_over(self):
        load = {10: 3, 20: 2, 30: 3}
        self.assertEqual(next_in_turn([10, 20, 30], None, load, 3), 20)
        self.assertIsNone(next_in_turn([10, 30], None, load, 3))
        self.assertIsNone(next_in_turn([], None, load))

    def test_turns_are_fair_whatever_the_number_of_people(self):
        for people in range(1, 8):
            counts, last = Counter(), None
            for _turn in range(people * 5):
                last = next_in_turn(range(1, people + 1), last, {})
                counts[last] += 1
            self.assertEqual(set(counts.values()), {5})
