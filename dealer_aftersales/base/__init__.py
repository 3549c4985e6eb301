# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What several models extend: loaded before the models."""

from . import car_list_mixin, repair_order_hooks, step_log_mixin
