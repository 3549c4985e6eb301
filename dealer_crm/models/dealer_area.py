# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.area import Rule, split_words

RULE_FIELDS = frozenset(
    {"active", "company_id", "places", "sequence", "state_id", "zips"}
)


class DealerArea(models.Model):
    """A part of the market: a province, a city, a district or a zone of our own.

    Areas are read from the top: a customer belongs to the first whose conditions his
    address meets.
    """

    _name = "dealer.area"
    _description = "Customer Area"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for the customers of all branches."
    )
    state_id = fields.Many2one("res.country.state", "Province")
    places = fields.Char(
        "City or District",
        help="Words, separated by commas: one of them stands in the city, the street "
        "or the second line of the address.",
    )
    zips = fields.Char(
        "Postcodes from", help="Beginnings of postcodes, separated by commas."
    )
    partner_count = fields.Integer("Customers", compute="_compute_partner_count")

    def _compute_partner_count(self):
        rows = self.env["res.partner"]._read_group(
            [("area_id", "in", self.ids), ("file_state", "!=", False)],
            ["area_id"],
            ["__count"],
        )
        counts = {area.id: count for area, count in rows}
        for area in self:
            area.partner_count = counts.get(area.id, 0)

    @api.constrains("state_id", "places", "zips")
    def _check_conditions(self):
        for area in self:
            if not (
                area.state_id or split_words(area.places) or split_words(area.zips)
            ):
                raise ValidationError(
                    self.env._(
                        "%(area)s: give a province, a place or a postcode.",
                        area=area.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        areas = super().create(vals_list)
        self._request_area_job()
        return areas

    def write(self, vals):
        result = super().write(vals)
        if RULE_FIELDS & vals.keys():
            self._request_area_job()
        return result

    def unlink(self):
        result = super().unlink()
        self._request_area_job()
        return result

    @api.model
    def _request_area_job(self):
        """All customers are looked at anew within minutes."""
        cron = self.env.ref("dealer_crm.ir_cron_update_area", False)
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _get_area_rules(self):
        """All areas in order, as ``tools/area.py`` wants them."""
        return [
            Rule(
                id=area.id,
                company_id=area.company_id.id,
                state_id=area.state_id.id,
                places=split_words(area.places),
                zips=split_words(area.zips),
            )
            for area in self.sudo().search([])
        ]

    def action_view_partners(self):
        """The customers of this area."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.res_partner_action_dealer"
        )
        action["domain"] = [("area_id", "=", self.id), ("file_state", "!=", False)]
        action["display_name"] = self.name
        return action
