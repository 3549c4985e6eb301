# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_approval
from . import test_callback_monthly
from . import test_kpi_registry
from . import test_month_close
from . import test_monthly_report_tour
from . import test_report_print
from . import test_rights
