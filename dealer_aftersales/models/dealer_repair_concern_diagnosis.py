# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models


class DealerRepairConcern(models.Model):
    """What was found behind a concern, and whether it was there before (SVC-12)."""

    _inherit = "dealer.repair.concern"

    symptom_id = fields.Many2one("dealer.symptom", index="btree_not_null")
    cause = fields.Char()
    remedy = fields.Char()
    technician_id = fields.Many2one("res.users", "Diagnosed by")
    repeat_of_id = fields.Many2one(
        "repair.order",
        "Repeat of",
        compute="_compute_repeat_of_id",
        store=True,
        copy=False,
        index="btree_not_null",
        help="The order after which the same symptom came back.",
    )

    @api.depends("symptom_id", "repair_id.vehicle_id", "repair_id.date_in")
    def _compute_repeat_of_id(self):
        """The newest visit shortly before with the same symptom: one search."""
        coded = self.filtered(lambda c: c.symptom_id and c.repair_id.vehicle_id)
        (self - coded).repeat_of_id = False
        visits = coded._get_visits_by_symptom()
        for concern in coded:
            repair = concern.repair_id
            key = (repair.vehicle_id._origin.id, concern.symptom_id._origin.id)
            concern.repeat_of_id = next(
                (
                    visit
                    for visit in visits.get(key, ())
                    if visit != repair._origin and repair._is_shortly_after(visit)
                ),
                False,
            )

    def _get_visits_by_symptom(self):
        """{(car id, symptom id): delivered orders, newest first} near these orders."""
        if not self:
            return {}
        concerns = self.env["dealer.repair.concern"].search(
            [
                ("symptom_id", "in", self.symptom_id.ids),
                ("repair_id.vehicle_id", "in", self.repair_id.vehicle_id.ids),
                ("repair_id.date_delivered", ">=", self._get_earliest_visit()),
            ]
        )
        visits = {}
        for concern in concerns.sorted(
            lambda c: (c.repair_id.date_delivered, c.repair_id.id), reverse=True
        ):
            key = (concern.repair_id.vehicle_id.id, concern.symptom_id.id)
            visits.setdefault(key, []).append(concern.repair_id)
        return visits

    def _get_earliest_visit(self):
        """Before this no delivery counts, at whichever branch; a day to spare."""
        days = max(c.repeat_repair_days for c in self.repair_id.company_id.sudo())
        moments = [repair.date_in or repair.create_date for repair in self.repair_id]
        first = min(filter(None, moments), default=fields.Datetime.now())
        return first - timedelta(days=days + 1)
