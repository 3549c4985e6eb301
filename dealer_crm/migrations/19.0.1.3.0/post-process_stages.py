# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api
from odoo.addons.dealer_crm.hooks import drop_unused_core_stages, open_stage_log


def migrate(cr, version):
    """The dealership's stages as after an install; no lead leaves its stage.

    Where leads stand in core's stages those stay beside ours until a manager replaces
    them. Grade B+ gets the step it was meant for.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    grade = env.ref("dealer_crm.grade_b_plus", raise_if_not_found=False)
    old = env.ref("crm.stage_lead3", raise_if_not_found=False)
    if grade and grade.stage_ids <= (old or grade.stage_ids.browse()):
        grade.stage_ids |= env.ref("dealer_crm.stage_product")
    # filed leads keep their stage: here it is history, not a step of today
    drop_unused_core_stages(env)
    open_stage_log(env)
