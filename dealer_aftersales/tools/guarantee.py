# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The workshop's guarantee for its work: arithmetic without a database."""


def is_inside(days_since, km_since, days, kilometres):
    """Whether work is still inside its guarantee; the term reached first ends it.

    The last day and the last kilometre belong to the guarantee. Where a reading is
    missing (``None``) or the meter went back, the days alone decide.

    :param int days_since: days from completion to the arrival
    :param km_since: kilometres driven in between, or None
    :param int days: term in days
    :param int kilometres: term in kilometres
    """
    if days_since < 0 or days_since > days:
        return False
    return km_since is None or km_since <= kilometres


def get_km_since(odometer_then, odometer_now):
    """Kilometres between two readings; None where one is missing or lies."""
    if not odometer_then or not odometer_now or odometer_now < odometer_then:
        return None
    return odometer_now - odometer_then
