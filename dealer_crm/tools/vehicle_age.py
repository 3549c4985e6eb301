# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Age of a car and the band it falls into (domain.md 12)."""

from dateutil.relativedelta import relativedelta

YOUNG_YEARS, OLD_YEARS = 2, 5


def full_years(first_day, today):
    """Return the whole years from ``first_day`` to ``today``, None without a day."""
    if not first_day:
        return None
    years = today.year - first_day.year
    if first_day > today - relativedelta(years=years):
        years -= 1
    return max(years, 0)


def age_band(mode, today, first_day, warranty_end=None, warranty_km=0, km=0):
    """Return ``in_warranty``, ``under_2``, ``2_5``, ``over_5`` or '' (unknown).

    ``mode`` ``warranty`` asks for the warranty first: it ends with its last day or
    with the first kilometre beyond ``warranty_km`` (0: no limit). ``mode`` ``age``
    looks at the years alone. Exactly 2 and exactly 5 years to the day are 2–5.
    """
    if mode != "age" and _in_warranty(today, warranty_end, warranty_km, km):
        return "in_warranty"
    if not first_day:
        return ""
    if mode == "age" and first_day > today - relativedelta(years=YOUNG_YEARS):
        return "under_2"
    if first_day >= today - relativedelta(years=OLD_YEARS):
        return "2_5"
    return "over_5"


def _in_warranty(today, warranty_end, warranty_km, km):
    if not warranty_end or warranty_end < today:
        return False
    return not warranty_km or km <= warranty_km
