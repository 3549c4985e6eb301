# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "dealer_crm.group_dealer_user"


class ResPartner(models.Model):
    """Who could not be reached is asked for his contact data at the next visit."""

    _inherit = "res.partner"

    date_unreached = fields.Date(
        "Not reached since",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="No callback reached the customer: verify phone and address at the next "
        "visit. Ends when he is reached or his data was checked.",
    )

    _unreached_idx = models.Index("(id) WHERE date_unreached IS NOT NULL")

    @api.model
    def _get_system_file_fields(self):
        return super()._get_system_file_fields() | {"date_unreached"}

    @api.depends("date_unreached")
    def _compute_check_reason(self):
        return super()._compute_check_reason()

    def _get_check_reasons(self):
        reasons = super()._get_check_reasons()
        if self.date_unreached:
            reasons.append(self.env._("callbacks did not reach him"))
        return reasons

    def _search_is_check_due(self, operator, value):
        domain = super()._search_is_check_due(operator, value)
        if domain is NotImplemented:
            return domain
        return Domain(domain) | (
            Domain("file_state", "!=", False) & Domain("date_unreached", "!=", False)
        )

    def _get_desk_marks(self):
        marks = super()._get_desk_marks()
        if self.date_unreached:
            marks.append(
                self._mark(
                    "warning",
                    self.env._("Not reached by phone: verify the contact data"),
                )
            )
        return marks

    def action_confirm_contact_data(self):
        result = super().action_confirm_contact_data()
        self.sudo().filtered("date_unreached").date_unreached = False
        return result

    def _follow_key_changes(self, before):
        result = super()._follow_key_changes(before)
        self.sudo().filtered(
            lambda p: p.date_unreached and p.phone != before[p.id]["phone"]
        ).date_unreached = False
        return result
