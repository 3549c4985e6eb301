# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.tests import BaseCase

from ..tools.odometer import judge_readings


def judge(values, known=()):
    """Readings one day apart, judged in any order; keys are their values' places."""
    batch = [(day, value, day) for day, value in enumerate(values)]
    random.Random(1).shuffle(batch)
    return judge_readings(known, batch)


class TestJudgeReadings(BaseCase):
    def test_rising_readings_stay(self):
        self.assertEqual(judge([0, 10, 10, 500]), {})

    def test_no_reading_at_all(self):
        self.assertEqual(judge([]), {})

    def test_one_wrong_value_in_the_middle_stands_alone(self):
        self.assertEqual(judge([100, 200, 30, 300]), {2: ("lower", 200)})
        self.assertEqual(judge([100, 9000, 200, 300]), {1: ("higher", 200)})

    def test_wrong_value_at_either_end(self):
        self.assertEqual(judge([900, 100, 200, 300]), {0: ("higher", 100)})
        self.assertEqual(judge([100, 200, 300, 9]), {3: ("lower", 300)})

    def test_of_two_contradicting_the_earlier_stays(self):
        self.assertEqual(judge([500, 400]), {1: ("lower", 500)})

    def test_two_readings_of_one_day_never_contradict(self):
        self.assertEqual(judge_readings([], [(1, 50, "a"), (1, 40, "b")]), {})

    def test_known_readings_are_not_doubted(self):
        known = [(-1, 1000), (10, 2000)]
        self.assertEqual(
            judge([900, 1500, 2500], known),
            {0: ("lower", 1000), 2: ("higher", 2000)},
        )

    def test_accepted_fall_starts_anew(self):
        known = [(-9, 90000), (-5, 100)]
        self.assertEqual(judge([150, 50], known), {1: ("lower", 100)})

    def test_last_accepted_of_a_day_counts(self):
        self.assertEqual(judge_readings([(1, 900), (1, 100)], [(1, 150, "a")]), {})

    def test_what_stays_never_falls_and_wrong_ones_stay_few(self):
        dice = random.Random(7)
        for _round in range(200):
            values = sorted(dice.randrange(10**5) for _reading in range(30))
            for place in dice.sample(range(30), 3):
                values[place] = dice.randrange(10**5)
            judged = judge(values)
            kept = [v for place, v in enumerate(values) if place not in judged]
            self.assertEqual(kept, sorted(kept))
            self.assertLessEqual(len(judged), 3)
