# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import dealer_kpi
from . import dealer_kpi_compute
from . import dealer_kpi_format
from . import dealer_kpi_value
from . import dealer_month_close
from . import dealer_month_close_freeze
