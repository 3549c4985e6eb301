# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    test_callback_attempts,
    test_callback_consent,
    test_callback_guard,
    test_callback_job,
    test_callback_policy,
    test_callback_window,
    test_calls_tour,
    test_counters,
    test_questionnaire,
    test_reception_repair,
    test_repair_delivery,
    test_repair_history,
    test_rights,
    test_segments,
    test_stock_user,
    test_unknown_car,
)
