# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class DealerSalesFunnel(models.Model):
    """How far leads come, and where they stick: a line per lead and stage reached.

    A lead has reached every stage up to the furthest it stood in, jumped over or not;
    Lost is no step. Conversion is the share of a stage's leads that came further.
    """

    _name = "dealer.sales.funnel"
    _description = "Sales Funnel"
    _auto = False
    _order = "stage_id, lead_id"
    _rec_name = "lead_id"
    _depends = {
        "crm.lead": [
            "stage_id",
            "active",
            "type",
            "user_id",
            "company_id",
            "source_id",
            "vehicle_model_id",
            "create_date",
            "won_status",
        ],
        "crm.stage": ["sequence", "is_won", "team_ids"],
        "dealer.stage.log": ["lead_id", "stage_id", "date_from", "date_to"],
    }

    lead_id = fields.Many2one("crm.lead", readonly=True)
    stage_id = fields.Many2one("crm.stage", "Stage reached", readonly=True)
    date_open = fields.Datetime("Lead since", readonly=True)
    user_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    vehicle_model_id = fields.Many2one(
        "fleet.vehicle.model", "Model of Interest", readonly=True
    )
    won_status = fields.Selection(
        selection=lambda self: (
            self.env["crm.lead"]._fields["won_status"]._description_selection(self.env)
        ),
        string="Result",
        readonly=True,
    )
    is_here = fields.Boolean("Stands here now", readonly=True)
    conversion = fields.Float(
        "Came further (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the leads that reached a later stage.",
    )
    days = fields.Float(
        "Days in Stage",
        readonly=True,
        aggregator="avg",
        help="Average of the leads that stood in the stage; until now where they "
        "still do.",
    )

    @property
    def _table_query(self):
        lost = self.env["crm.stage"]._get_known("dealer_crm.stage_lost")
        teams = self.env["crm.stage"]._fields["team_ids"]
        return SQL(
            """
            WITH stay AS (%(stay)s), furthest AS (
                SELECT lead_id, MAX(ARRAY[sequence, stage_id]) AS rank
                  FROM stay GROUP BY lead_id
            )
            SELECT lead.id::bigint * 1000 + stage.id AS id,
                   lead.id AS lead_id,
                   stage.id AS stage_id,
                   lead.create_date AS date_open,
                   lead.user_id,
                   lead.company_id,
                   lead.source_id,
                   lead.vehicle_model_id,
                   lead.won_status,
                   lead.stage_id = stage.id AS is_here,
                   CASE WHEN stage.is_won THEN NULL
                        WHEN furthest.rank > ARRAY[stage.sequence, stage.id] THEN 100.0
                        ELSE 0.0 END AS conversion,
                   CASE WHEN stage.is_won THEN NULL ELSE stay.days END AS days
              FROM furthest
              JOIN crm_lead lead ON lead.id = furthest.lead_id
               AND lead.type = 'opportunity'
              JOIN crm_stage stage
                ON ARRAY[stage.sequence, stage.id] <= furthest.rank
               AND stage.id != %(lost)s
         LEFT JOIN stay ON stay.lead_id = lead.id AND stay.stage_id = stage.id
             WHERE stay.lead_id IS NOT NULL
                OR NOT EXISTS (
                       SELECT FROM %(team_table)s known
                        WHERE known.%(stage_column)s = stage.id)
            """,
            stay=self._get_stays(lost),
            lost=lost.id or 0,
            team_table=SQL.identifier(teams.relation),
            stage_column=SQL.identifier(teams.column1),
        )

    @api.model
    def _get_stays(self, lost):
        """Days each lead stood in each stage, several stays together."""
        return SQL(
            """
            SELECT log.lead_id, log.stage_id, stage.sequence, stage.is_won,
                   SUM(EXTRACT(EPOCH FROM
                       COALESCE(log.date_to, NOW() AT TIME ZONE 'utc')
                       - log.date_from)) / 86400 AS days
              FROM dealer_stage_log log
              JOIN crm_stage stage ON stage.id = log.stage_id
             WHERE log.stage_id != %s
          GROUP BY log.lead_id, log.stage_id, stage.sequence, stage.is_won
            """,
            lost.id or 0,
        )

    def action_open_lead(self):
        """The lead behind the line."""
        self.ensure_one()
        return self.lead_id.get_formview_action()
