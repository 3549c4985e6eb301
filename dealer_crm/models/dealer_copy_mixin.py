# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerCopyMixin(models.AbstractModel):
    """Who does not see some of our fields duplicates the record without them.

    Core reads every field that is copied and refuses where one is hidden; accountants
    and users of plain CRM duplicate their records as before.
    """

    _name = "dealer.copy.mixin"
    _description = "Copied without hidden Fields"

    def copy_data(self, default=None):
        default = dict(default or {})
        hidden = {
            name: False
            for name, field in self._fields.items()
            if field.copy
            and field.groups
            and name not in default
            and not self._has_field_access(field, "read")
        }
        vals_list = super().copy_data({**hidden, **default})
        return [
            vals and {name: vals[name] for name in vals if name not in hidden}
            for vals in vals_list
        ]
