# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.fleet.report.fleet_report import FleetVehicleCostReport
from odoo.addons.fleet.report.odometer_report import OdometerReport
from odoo.fields import Command

# Core actions of the Fleet app that list cars: customers' cars stay out of them.
FLEET_ACTION_DOMAINS = {
    "fleet.fleet_vehicle_action": "[('trade_state', '=', False)]",
    # "any" asks for the few company cars first, by their partial index
    "fleet.fleet_costs_reporting_action": (
        "[('vehicle_id', 'any', [('trade_state', '=', False)])]"
    ),
    "fleet.fleet_vehicle_odometer_action": (
        "[('vehicle_id', 'any', [('trade_state', '=', False)])]"
    ),
    "fleet.fleet_vehicle_odometer_reporting_action": (
        "[('vehicle_id', 'any', [('active', '=', True), ('trade_state', '=', False)])]"
    ),
}
# What core has where an action lists not simply everything.
CORE_ACTION_DOMAINS = {
    "fleet.fleet_vehicle_odometer_reporting_action": (
        "[('vehicle_id.active', '=', True)]"
    ),
}


def post_init_hook(env):
    """Make the database ready for work: ladder per company, Fleet's own pages.

    The Fleet app's menus keep showing company cars only, and every company gets
    the default grade ladder. An administrator gets the general manager's rights,
    as every Odoo app does for its own top group.
    """
    for xmlid, domain in FLEET_ACTION_DOMAINS.items():
        action = env.ref(xmlid, raise_if_not_found=False)
        if action and action.domain == CORE_ACTION_DOMAINS.get(xmlid, False):
            action.domain = domain
    ladder = env.ref("dealer_crm.ladder_default")
    env["res.company"].search([("grade_ladder_id", "=", False)]).write(
        {"grade_ladder_id": ladder.id}
    )
    manager = env.ref("dealer_crm.group_general_manager")
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    if admin:
        manager.user_ids = [Command.link(admin.id)]


def uninstall_hook(env):
    """Give the Fleet app its own lists and reports back: our field is about to go."""
    FleetVehicleCostReport.init(env["fleet.vehicle.cost.report"])
    OdometerReport.init(env["fleet.vehicle.odometer.report"])
    for xmlid, domain in FLEET_ACTION_DOMAINS.items():
        action = env.ref(xmlid, raise_if_not_found=False)
        if action and action.domain == domain:
            action.domain = CORE_ACTION_DOMAINS.get(xmlid, False)
    own = env["ir.config_parameter"].search([("key", "=like", "dealer_crm.%")])
    own.unlink()
