# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """The service side of a person's data: orders stay, remarks and answers go."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        mine = [("partner_id", "=", self.id)]
        return [
            *super()._get_privacy_sources(),
            {
                "model": "repair.order",
                "domain": ["|", *mine, ("bringer_id", "=", self.id)],
                "fields": ["name", "vehicle_id", "date_in", "date_delivered", "state"],
            },
            {
                "model": "dealer.repair.estimate",
                "domain": [("repair_id.partner_id", "=", self.id)],
                "fields": ["name", "amount", "state", "signed_by", "date_decided"],
            },
            {
                "model": "dealer.callback",
                "domain": mine,
                "fields": ["policy_id", "date_due", "state", "score", "remark"],
            },
        ]

    def _get_retention_dates(self):
        repair = (
            self.env["repair.order"]
            .sudo()
            .search(
                [("partner_id", "=", self.id), ("date_delivered", "!=", False)],
                order="date_delivered desc",
                limit=1,
            )
        )
        dates = super()._get_retention_dates()
        return dates + [repair.date_delivered.date()] if repair else dates

    def _empty_ledger(self):
        result = super()._empty_ledger()
        callbacks = self.env["dealer.callback"].search([("partner_id", "=", self.id)])
        callbacks.write({"remark": False})
        callbacks.user_input_id.user_input_line_ids.filtered(
            lambda line: line.answer_type in ("char_box", "text_box")
        ).write(
            {
                "value_char_box": False,
                "value_text_box": False,
                "answer_type": False,
                "skipped": True,
            }
        )
        callbacks.user_input_id.write(
            {"partner_id": False, "email": False, "nickname": False}
        )
        self._empty_signatures()
        return result

    def _empty_signatures(self):
        """Estimates stay as proof of the order; name and handwriting go."""
        estimates = (
            self.env["dealer.repair.estimate"]
            .sudo()
            .search([("repair_id.partner_id", "=", self.id)])
        )
        estimates.write({"signature": False, "signed_by": False, "reason": False})
