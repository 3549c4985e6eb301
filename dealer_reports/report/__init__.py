# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import dealer_callback_answer, dealer_segment_analysis
