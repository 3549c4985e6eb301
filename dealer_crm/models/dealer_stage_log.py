# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerStageLog(models.Model):
    """One stay of a lead in a stage: the source of the funnel and of time per stage.

    Core keeps the same in the chatter, per lead and only where changes are tracked;
    figures over many leads need it as rows.
    """

    _name = "dealer.stage.log"
    _description = "Stay of a Lead in a Stage"
    _order = "date_from desc, id desc"
    _rec_name = "stage_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, index=True, ondelete="cascade", readonly=True
    )
    stage_id = fields.Many2one(
        "crm.stage", required=True, index=True, ondelete="cascade", readonly=True
    )
    date_from = fields.Datetime("Entered on", required=True, readonly=True)
    date_to = fields.Datetime("Left on", readonly=True)
    user_id = fields.Many2one("res.users", "Moved by", readonly=True)

    _open_uniq = models.UniqueIndex(
        "(lead_id) WHERE date_to IS NULL", "A lead stands in one stage at a time."
    )

    def _note_stages(self, leads):
        """Close the stays that have ended and open the present ones.

        :param leads: crm.lead whose stage was set just now
        """
        now = fields.Datetime.now()
        logs = self.sudo()
        open_stays = logs.search(
            [("lead_id", "in", leads.ids), ("date_to", "=", False)]
        )
        ended = open_stays.filtered(lambda log: log.stage_id != log.lead_id.stage_id)
        ended.write({"date_to": now})
        ended.flush_recordset(["date_to"])  # before the next stay of the lead opens
        waiting = leads - (open_stays - ended).lead_id
        logs.create(
            [
                {
                    "lead_id": lead.id,
                    "stage_id": lead.stage_id.id,
                    "date_from": now,
                    "user_id": self.env.uid,
                }
                for lead in waiting.filtered("stage_id")
            ]
        )
