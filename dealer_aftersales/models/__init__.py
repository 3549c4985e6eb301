# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import dealer_repair_concern
from . import dealer_repair_labor
from . import repair_order
from . import repair_order_delivery
from . import repair_order_import
from . import fleet_vehicle
from . import fleet_vehicle_odometer
from . import res_partner
from . import dealer_segment
from . import survey_question
from . import dealer_callback_issue
from . import dealer_callback_policy
from . import dealer_callback_policy_job
from . import dealer_callback
from . import dealer_callback_attempt
from . import dealer_callback_survey
from . import dealer_contact
