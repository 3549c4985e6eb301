# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command


def post_init_hook(env):
    """An administrator gets the service manager's rights, as in every Odoo app."""
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    if admin:
        for name in ("group_service_manager", "group_customer_relations"):
            env.ref(f"dealer_aftersales.{name}").user_ids = [Command.link(admin.id)]
