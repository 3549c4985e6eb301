# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..tools.remark_rules import compile_words, is_match, split_words
from ..tools.satisfaction import (
    classify_expectation,
    draw_sample,
    get_sample_size,
    to_points,
    weigh,
)


@tagged("post_install", "-at_install")
class TestSatisfactionRules(BaseCase):
    """Arithmetic without a database."""

    def test_points_of_a_scale(self):
        self.assertEqual(to_points(1, 1, 5), 0)
        self.assertEqual(to_points(4, 1, 5), 75)
        self.assertEqual(to_points(7, 0, 10), 70)
        self.assertIsNone(to_points(1, 1, 1))

    def test_index_is_weighted(self):
        # (100 × 2 + 50 × 1) ÷ 3
        self.assertAlmostEqual(weigh([(100, 2), (50, 1)]), 83.3333, 3)
        self.assertEqual(weigh([(0, 1), (None, 5)]), 0)
        self.assertIsNone(weigh([]))
        self.assertIsNone(weigh([(100, 0)]))

    def test_three_classes_of_expectation(self):
        classes = [classify_expectation(value, 1, 5) for value in range(1, 6)]
        self.assertEqual(
            classes,
            ["disappointed", "disappointed", "satisfied", "delighted", "delighted"],
        )
        self.assertEqual(classify_expectation(5, 0, 10), "satisfied")

    def test_sample_is_rounded_half_up(self):
        self.assertEqual(get_sample_size(50, 20), 10)
        self.assertEqual(get_sample_size(25, 10), 3)
        self.assertEqual(get_sample_size(24, 10), 2)
        self.assertEqual(get_sample_size(3, 0.5), 0)
        self.assertEqual(get_sample_size(7, 100), 7)

    def test_same_seed_draws_the_same(self):
        ids = range(1, 101)
        first = draw_sample(ids, 10, "a")
        self.assertEqual(first, draw_sample(reversed(ids), 10, "a"))
        self.assertNotEqual(first, draw_sample(ids, 10, "b"))
        self.assertEqual(len(set(first)), 10)
        self.assertEqual(draw_sample([3, 1], 5, "a"), [1, 3])

    def test_words_in_two_languages(self):
        words = compile_words(split_words("too slow, late\n太慢，等太久"))
        for text in ("It was TOO  slow.", "You are late!", "师傅太慢了", "我等太久了"):
            self.assertTrue(is_match(text, words), text)
        for text in ("chocolate", "slow", "", None, "很快"):
            self.assertFalse(is_match(text, words), text)

    def test_exceptions_hide_a_word(self):
        words = compile_words(split_words("满意"))
        exceptions = compile_words(split_words("不满意, 不太满意"))
        self.assertTrue(is_match("很满意", words, exceptions))
        self.assertFalse(is_match("我不满意", words, exceptions))
        self.assertTrue(is_match("价格不满意，服务满意", words, exceptions))

    def test_special_characters_are_text(self):
        words = compile_words(split_words("c++, (slow)"))
        self.assertTrue(is_match("it was (slow)", words))
        self.assertFalse(is_match("ccc", words))
        self.assertIsNone(compile_words(split_words(" , \n")))
