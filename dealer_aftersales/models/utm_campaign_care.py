# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

MANAGERS = "dealer_crm.group_sales_manager,dealer_aftersales.group_customer_relations"


class UtmCampaign(models.Model):
    """Customer relations plans campaigns too; promotions and events count for them."""

    _inherit = "utm.campaign"

    budget_ids = fields.One2many(groups=MANAGERS)
    revenue = fields.Monetary(groups=MANAGERS)
    margin = fields.Monetary(groups=MANAGERS)
    margin_source = fields.Selection(groups=MANAGERS)
    cost_planned = fields.Monetary(groups=MANAGERS)
    cost_actual = fields.Monetary(groups=MANAGERS)
    roi = fields.Float(groups=MANAGERS)
    roi_text = fields.Char(groups=MANAGERS)
    promotion_ids = fields.One2many("dealer.promotion", "campaign_id", "Promotions")
    club_event_ids = fields.One2many("dealer.club.event", "campaign_id", "Club Events")
    promotion_use_count = fields.Integer(
        "Promotions taken", compute="_compute_promotion_use_count"
    )
    attendance_count = fields.Integer("Guests", compute="_compute_attendance_count")

    @api.model
    def _get_campaign_groups(self):
        groups = super()._get_campaign_groups()
        return [*groups, "dealer_aftersales.group_customer_relations"]

    def _compute_promotion_use_count(self):
        """Papers that took a promotion of the campaign, two queries for a list."""
        counts = dict.fromkeys(self.ids, 0)
        for model, path in (
            ("sale.order.line", "order_id"),
            ("dealer.repair.labor", "repair_id"),
        ):
            lines = self.env[model]
            if not (self._origin and lines.has_access("read")):
                continue
            rows = lines._read_group(
                [("promotion_id.campaign_id", "in", self._origin.ids)],
                ["promotion_id"],
                [f"{path}:count_distinct"],
            )
            for promotion, count in rows:
                campaign = promotion.sudo().campaign_id.id
                counts[campaign] = counts.get(campaign, 0) + count
        for campaign in self:
            campaign.promotion_use_count = counts.get(campaign._origin.id, 0)

    def _compute_attendance_count(self):
        counts = {}
        entries = self.env["dealer.club.registration"]
        if self._origin and entries.has_access("read"):
            rows = entries._read_group(
                [
                    ("event_id.campaign_id", "in", self._origin.ids),
                    ("state", "=", "attended"),
                ],
                ["event_id"],
                ["persons:sum"],
            )
            for event, persons in rows:
                campaign = event.campaign_id.id
                counts[campaign] = counts.get(campaign, 0) + persons
        for campaign in self:
            campaign.attendance_count = counts.get(campaign._origin.id, 0)

    def action_view_promotions(self):
        """The promotions of this campaign."""
        return self._open_figure(
            "dealer_aftersales.dealer_promotion_action",
            [("campaign_id", "=", self.id)],
            self.env._("Promotions"),
        )

    def action_view_club_events(self):
        """The events of this campaign."""
        return self._open_figure(
            "dealer_aftersales.dealer_club_event_action",
            [("campaign_id", "=", self.id)],
            self.env._("Club Events"),
        )
