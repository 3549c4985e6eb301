# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import re

import psycopg2
from odoo import models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

READINGS_OF_COMPANY_CARS = """
    WITH fleet_vehicle_odometer AS MATERIALIZED (
        SELECT reading.id, reading.vehicle_id, reading.value, reading.date
          FROM fleet_vehicle_odometer reading
          JOIN fleet_vehicle vehicle ON vehicle.id = reading.vehicle_id
         WHERE vehicle.trade_state IS NULL
    )
    SELECT * FROM (%s) report
"""


class DealerFleetReport(models.AbstractModel):
    """Fleet's own reports, over the company's cars only.

    Core's views build a row per car and month: customers' cars would make millions
    of them, of use to nobody. PostgreSQL hands out core's own statement, and the
    company's cars are picked in it: nothing of core is written down here.
    """

    _name = "dealer.fleet.report"
    _description = "Fleet Report over Company Cars"

    def _get_company_cars_view(self, core):
        """Core's view with company cars only.

        :param core: the statement of core's view
        :return: the new statement, or None where core's is not as expected
        """
        raise NotImplementedError

    def _restrict_to_company_cars(self):
        """Replace core's view; where that fails core's view stays as it is."""
        cr = self.env.cr
        cr.execute("SELECT pg_get_viewdef(%s::regclass)", [self._table])
        view = self._get_company_cars_view(cr.fetchone()[0].rstrip().rstrip(";"))
        try:
            with cr.savepoint(flush=False):
                if not view:
                    raise psycopg2.ProgrammingError("core's view has changed")
                cr.execute(
                    SQL(
                        "CREATE OR REPLACE VIEW %s AS %s",
                        SQL.identifier(self._table),
                        SQL(view.replace("%", "%%")),
                    )
                )
        except psycopg2.ProgrammingError as error:
            _logger.warning("%s reads customers' cars too: %s", self._table, error)


class FleetVehicleCostReport(models.Model):
    _name = "fleet.vehicle.cost.report"
    _inherit = ["fleet.vehicle.cost.report", "dealer.fleet.report"]

    def init(self):
        """After the tables have their columns: the view reads ``trade_state``."""
        self.pool.post_init(self._restrict_to_company_cars)
        return super().init()

    def _get_company_cars_view(self, core):
        """Both halves, services and contracts, take active cars: of the company."""
        view, cars = re.subn(
            r"WHERE (\(?)ve\.active",
            r"WHERE \1(ve.trade_state IS NULL) AND ve.active",
            core,
        )
        view, starts = re.subn(
            r"(FROM fleet_vehicle)\)", r"\1 WHERE (trade_state IS NULL))", view
        )
        return view if (cars, starts) == (2, 1) else None


class FleetVehicleOdometerReport(models.Model):
    _name = "fleet.vehicle.odometer.report"
    _inherit = ["fleet.vehicle.odometer.report", "dealer.fleet.report"]

    def init(self):
        """After the tables have their columns: the view reads ``trade_state``."""
        self.pool.post_init(self._restrict_to_company_cars)
        return super().init()

    def _get_company_cars_view(self, core):
        """A name given before core's statement makes it read the company's cars."""
        return READINGS_OF_COMPANY_CARS % core
