# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all parts of the workshop extend: loaded before the models."""

from . import repair_order_hooks
