# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """What the club knows of a person: told in the copy, emptied when erased."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        mine = [("partner_id", "=", self.id)]
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.membership",
                "domain": mine,
                "fields": "name level_id date_start date_end state".split(),
            },
            {
                "model": "dealer.points.line",
                "domain": mine,
                "fields": "date points kind reference note".split(),
            },
            {
                "model": "dealer.club.registration",
                "domain": mine,
                "fields": "event_id date_begin persons state note".split(),
            },
        ]

    def _empty_ledger(self):
        """That somebody was there stays as a number; who it was does not."""
        result = super()._empty_ledger()
        mine = [("partner_id", "=", self.id)]
        entries = self.env["dealer.club.registration"].sudo().search(mine)
        entries.write({"name": "–", "phone": False, "email": False, "note": False})
        points = self.env["dealer.points.line"].sudo().search(mine)
        points.write({"note": "–"})
        cards = self.env["dealer.membership"].sudo().search(mine)
        for card in cards:
            card.name = f"–{card.id}"
        cards.message_ids.unlink()
        return result
