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
# Core's stages by the names they are shipped with.
CORE_STAGES = {
    "crm.stage_lead1": "New",
    "crm.stage_lead2": "Qualified",
    "crm.stage_lead3": "Proposition",
    "crm.stage_lead4": "Won",
}
# Where a stage leaves a trace of a lead.
STAGE_USES = [
    ("crm.lead", "stage_id"),
    ("crm.lead", "stage_before_lost_id"),
    ("dealer.grade.log", "stage_id"),
]

# Names our stages bear while the addon is not installed.
STAGE_IDS = (("dealer_crm", "stage_"), ("__export__", "dealer_crm_stage_"))


def pre_init_hook(env):
    """Stages left by an install before are ours again, not a second set beside them."""
    rename_stage_ids(env, *reversed(STAGE_IDS))


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
    drop_unused_core_stages(env)
    open_stage_log(env)


def drop_unused_core_stages(env):
    """Core's four stages make room for ours, unless somebody works with them.

    A stage that holds or held a lead, or that was renamed, stays where it is; a
    manager replaces it by the button on its form when he likes.
    """
    for xmlid, name in CORE_STAGES.items():
        stage = env.ref(xmlid, raise_if_not_found=False)
        if not stage or stage.with_context(lang="en_US").name != name:
            continue
        if not any(
            env[model]
            .with_context(active_test=False)
            .search_count([(field, "=", stage.id)], limit=1)
            for model, field in STAGE_USES
        ):
            stage.unlink()


def rename_stage_ids(env, old, new):
    """Give the stages of one module and prefix the other one; the rest stays."""
    (module, prefix), (to_module, to_prefix) = old, new
    known = env["ir.model.data"].search(
        [("model", "=", "crm.stage"), ("module", "=", module)]
    )
    for data in known.filtered(lambda d: d.name.startswith(prefix)):
        name = to_prefix + data.name.removeprefix(prefix)
        data.write({"module": to_module, "name": name})
    known.flush_recordset()  # names are looked up in SQL


def open_stage_log(env):
    """Leads that were there before stand in their stage since core's own date."""
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO dealer_stage_log (lead_id, stage_id, date_from, create_date)
        SELECT lead.id, lead.stage_id,
               COALESCE(lead.date_last_stage_update, lead.create_date),
               now() AT TIME ZONE 'utc'
          FROM crm_lead lead
         WHERE lead.stage_id IS NOT NULL
           AND NOT EXISTS (
               SELECT FROM dealer_stage_log log WHERE log.lead_id = lead.id)
        """
    )


def uninstall_hook(env):
    """Give the Fleet app its own lists and reports back: our field is about to go.

    The stages stay, under names that the next install finds: leads stand in them, and
    a pipeline without any would be of no use.
    """
    rename_stage_ids(env, *STAGE_IDS)
    FleetVehicleCostReport.init(env["fleet.vehicle.cost.report"])
    OdometerReport.init(env["fleet.vehicle.odometer.report"])
    for xmlid, domain in FLEET_ACTION_DOMAINS.items():
        action = env.ref(xmlid, raise_if_not_found=False)
        if action and action.domain == domain:
            action.domain = CORE_ACTION_DOMAINS.get(xmlid, False)
    own = env["ir.config_parameter"].search([("key", "=like", "dealer_crm.%")])
    own.unlink()
