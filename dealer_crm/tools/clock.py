# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counting in working hours: plain moments in, plain moments out."""

from bisect import bisect_right
from datetime import timedelta


def merge_intervals(intervals):
    """Sorted intervals without overlaps; those that touch become one.

    :param intervals: (start, end) pairs of comparable moments
    :return: list of (start, end), empty ones left out
    """
    merged = []
    for start, end in sorted(pair for pair in intervals if pair[0] < pair[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


class WorkClock:
    """Runs only while the branch is open.

    It knows the opening times of one window; what lies outside of it is unknown.
    All moments are naive UTC.
    """

    def __init__(self, intervals):
        self.intervals = merge_intervals(intervals)
        self._starts = [start for start, _end in self.intervals]

    def is_open(self, moment):
        """True while the branch works; its closing minute is closed."""
        index = bisect_right(self._starts, moment) - 1
        return index >= 0 and moment < self.intervals[index][1]

    def worked(self, start, end):
        """Working hours from ``start`` to ``end``; 0 where the end comes first."""
        seconds = 0.0
        index = max(bisect_right(self._starts, start) - 1, 0)
        for opened, closed in self.intervals[index:]:
            if opened >= end:
                break
            first, last = max(opened, start), min(closed, end)
            seconds += max((last - first).total_seconds(), 0.0)
        return seconds / 3600

    def deadline(self, start, hours):
        """The moment at which ``hours`` of work have passed since ``start``.

        :return: None where the known opening times end before
        """
        left = timedelta(hours=max(hours, 0))
        index = max(bisect_right(self._starts, start) - 1, 0)
        for opened, closed in self.intervals[index:]:
            begin = max(opened, start)
            if begin >= closed:
                continue
            if begin + left <= closed:
                return begin + left
            left -= closed - begin
        return None

    def beginning(self, end, hours):
        """The latest moment that lies ``hours`` of work before ``end``.

        :return: None where the known opening times begin after it
        """
        left = timedelta(hours=max(hours, 0))
        for opened, closed in reversed(self.intervals):
            stop = min(closed, end)
            if opened >= stop:
                continue
            if stop - left >= opened:
                return stop - left
            left -= stop - opened
        return None
