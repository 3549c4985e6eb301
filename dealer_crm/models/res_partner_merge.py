# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """What a merge of contacts means for their files and cars."""

    _inherit = "res.partner"

    def _get_merge_states(self):
        """[(file state, key data)] of the files before a merge."""
        files = self.sudo().filtered("file_state")
        values = files._get_key_file_values()
        return [(partner.file_state, values[partner.id]) for partner in files]

    def _settle_merge(self, states):
        """The survivor after a merge: a checked file only with the checked data."""
        self.ensure_one()
        self.invalidate_recordset()
        if self.file_state in ("verified", "filed"):
            now = self._get_key_file_values()[self.id]
            if (self.file_state, now) not in states:
                self.write(self._prepare_draft_values())
        self._collapse_parties()

    def _collapse_parties(self):
        """The same person in the same role on a car in the same period is one line."""
        self.env.invalidate_all()
        kept = {}
        for party in self.party_ids.sorted(lambda p: (str(p.date_from or ""), p.id)):
            key = (party.vehicle_id, party.role, party.date_to)
            first = kept.setdefault(key, party)
            same_day = first.date_from == party.date_from
            if first != party and (same_day or not party.date_to):
                party.unlink()
