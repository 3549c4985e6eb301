# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import datetime, timedelta
from unittest import TestCase

from ..tools.visit_slots import (
    Booked,
    Capacity,
    get_free_advisors,
    get_free_bays,
    get_peak,
    list_slots,
)

DAY = datetime(2026, 3, 11)


def at(hours):
    return DAY + timedelta(hours=hours)


class TestVisitSlots(TestCase):
    def test_peak_counts_cars_at_one_moment(self):
        stays = [(at(8), at(9)), (at(9), at(10)), (at(9.5), at(11))]
        self.assertEqual(get_peak(stays, at(8), at(12)), 2)
        self.assertEqual(get_peak(stays, at(8), at(9)), 1)
        self.assertEqual(get_peak(stays, at(11), at(12)), 0)

    def test_full_bay_is_left_out(self):
        capacity = Capacity({1: 1, 2: 2}, [], 0, 30)
        booked = Booked([(at(8), at(10), 1), (at(8), at(10), 2)], [])
        self.assertEqual(get_free_bays(capacity, booked, at(9), at(11)), {2: 1})
        self.assertEqual(get_free_bays(capacity, booked, at(10), at(11)), {1: 1, 2: 2})

    def test_advisor_receives_so_many_per_step(self):
        capacity = Capacity({}, [7, 8], 1, 30)
        booked = Booked([], [(at(9), 7)])
        self.assertEqual(get_free_advisors(capacity, booked, at(9.25)), {8: 1})
        self.assertEqual(get_free_advisors(capacity, booked, at(9.5)), {7: 1, 8: 1})

    def test_closed_day_has_no_slots(self):
        self.assertEqual(
            list_slots([], Capacity({1: 1}, [], 0, 30), Booked([], []), 60), []
        )

    def test_visit_may_span_lunch_but_ends_by_closing(self):
        openings = [(at(8), at(12)), (at(13), at(17))]
        slots = list_slots(openings, Capacity({1: 1}, [], 0, 60), Booked([], []), 120)
        starts = [start.hour for start, _stop, _free in slots]
        self.assertEqual(starts, [8, 9, 10, 11, 13, 14, 15])

    def test_booking_every_free_slot_never_exceeds_the_bays(self):
        chance = random.Random(5)
        for _round in range(30):
            bays = {number: chance.randint(1, 3) for number in range(1, 4)}
            capacity = Capacity(bays, [1, 2, 3], chance.randint(0, 2), 30)
            booked = Booked([], [])
            for _visit in range(60):
                length = chance.choice((30, 60, 90))
                slots = list_slots([(at(8), at(12))], capacity, booked, length)
                free = [slot for slot in slots if slot[2]]
                if not free:
                    break
                start, stop, _free = chance.choice(free)
                bay = next(iter(get_free_bays(capacity, booked, start, stop)))
                booked.stays.append((start, stop, bay))
                advisors = get_free_advisors(capacity, booked, start)
                booked.receptions.append((start, next(iter(advisors), 1)))
            for bay, places in bays.items():
                stays = [(a, b) for a, b, other in booked.stays if other == bay]
                self.assertLessEqual(get_peak(stays, at(0), at(24)), places)
