# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.models.dealer_my_day import CARDS
from odoo.fields import Domain


class DealerMyDay(models.AbstractModel):
    """A consultant's callbacks to owners are part of his day, after the leads."""

    _inherit = "dealer.my.day"

    @api.model
    def _get_my_day_columns(self, user, company):
        columns = super()._get_my_day_columns(user, company)
        callbacks = self.env["dealer.callback"]
        if not callbacks.has_access("read"):
            return columns
        domain = Domain(
            [
                ("state", "=", "planned"),
                ("user_id", "=", user.id),
                ("company_id", "=", company.id),
                ("date_due", "<=", company._get_dealer_today()),
                "|",
                ("date_promised", "=", False),
                ("date_promised", "<", callbacks._get_day_end(company)),
            ]
        )
        domain &= callbacks._get_callable_domain()
        found = callbacks.search(domain, order="date_due, id", limit=CARDS)
        column = next(column for column in columns if column["key"] == "today")
        column["cards"] += self._get_callback_cards(found, company)
        column["count"] += self._count_all(found, domain)
        return columns

    @api.model
    def _get_callback_cards(self, callbacks, company):
        today = company._get_dealer_today()
        cards = []
        for callback in callbacks:
            words, level = self._describe_due(callback.date_due, today)
            cards.append(
                self._prepare_card(
                    callback,
                    name=callback.partner_id.sudo().name,
                    phone=callback.phone or "",
                    car=callback.vehicle_id.sudo().display_name or "",
                    purpose=callback.reason or "",
                    due=words,
                    level=level,
                )
            )
        return cards
