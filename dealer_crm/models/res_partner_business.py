# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

STAFF = "dealer_crm.group_dealer_user"
SALES = "dealer_crm.group_sales_consultant"


class ResPartner(models.Model):
    """Corporate customers with their drivers and cars, and partner companies.

    A partner company (bank, insurer, club, neighbour) sends customers: what its people
    bring is counted for it, by the referrals on the leads (LOY-12).
    """

    _inherit = "res.partner"

    business_kind = fields.Selection(
        [("corporate", "Corporate Customer"), ("alliance", "Partner Company")],
        "Business Relation",
        groups=STAFF,
        index="btree_not_null",
    )
    corporate_party_ids = fields.Many2many(
        "dealer.vehicle.party",
        string="Cars and Drivers",
        compute="_compute_corporate_party_ids",
        groups=STAFF,
    )
    corporate_car_count = fields.Integer(
        "Cars of the Company", compute="_compute_corporate_car_count", groups=STAFF
    )
    network_referral_count = fields.Integer(
        "Referrals of the Company",
        compute="_compute_network_referral_count",
        compute_sudo=True,
        groups=SALES,
    )
    network_referral_won_count = fields.Integer(
        "Of these bought",
        compute="_compute_network_referral_count",
        compute_sudo=True,
        groups=SALES,
    )

    @api.constrains("business_kind", "is_company")
    def _check_business_kind(self):
        for partner in self.sudo():
            if partner.business_kind and not partner.is_company:
                raise ValidationError(
                    self.env._(
                        "Business Relation: %(name)s is a person, not a company.",
                        name=partner.name,
                    )
                )

    def _get_corporate_domain(self):
        """Current people of all cars that the company or its branches own."""
        now = self.env["dealer.vehicle.party"]._get_current_domain(
            fields.Date.context_today(self)
        )
        mine = Domain("role", "=", "owner") & now
        mine &= Domain("partner_id", "child_of", self.ids)
        return now & Domain("vehicle_id.party_ids", "any", mine)

    @api.depends("party_ids", "child_ids.party_ids")
    def _compute_corporate_party_ids(self):
        parties = self.env["dealer.vehicle.party"]
        for partner in self:
            found = parties
            if partner.business_kind == "corporate" and partner._origin:
                found = parties.search(
                    partner._origin._get_corporate_domain(), order="vehicle_id, role"
                )
            partner.corporate_party_ids = found

    def _compute_corporate_car_count(self):
        """One query for a list of companies."""
        companies = self._origin
        parties = self.env["dealer.vehicle.party"]
        now = parties._get_current_domain(fields.Date.context_today(self))
        rows = parties._read_group(
            Domain("partner_id.commercial_partner_id", "in", companies.ids)
            & Domain("role", "=", "owner")
            & now,
            ["partner_id"],
            ["vehicle_id:count_distinct"],
        )
        counts = dict.fromkeys(companies.ids, 0)
        for person, count in rows:
            company = person.sudo().commercial_partner_id.id
            counts[company] = counts.get(company, 0) + count
        for partner in self:
            partner.corporate_car_count = counts.get(partner._origin.id, 0)

    def _compute_network_referral_count(self):
        """Referrals of the company and of its people, in one query."""
        companies = self._origin
        leads = self.env["crm.lead"].with_context(active_test=False)
        rows = leads._read_group(
            Domain("referrer_id.commercial_partner_id", "in", companies.ids)
            & Domain("company_id", "in", [*self.env.companies.ids, False]),
            ["referrer_id", "won_status"],
            ["__count"],
        )
        self.network_referral_count = self.network_referral_won_count = 0
        own = {partner._origin.id: partner for partner in self}
        for person, status, count in rows:
            partner = own.get(person.commercial_partner_id.id)
            if partner:
                partner.network_referral_count += count
                won = count if status == "won" else 0
                partner.network_referral_won_count += won

    def action_view_corporate_cars(self):
        """Cars of the company, each with its owner, drivers and payer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_vehicle_party_action"
        )
        action["domain"] = list(self._get_corporate_domain())
        action["context"] = {"group_by": ["vehicle_id"], "create": False}
        action["display_name"] = self.display_name
        return action

    def action_view_network_referrals(self):
        """The leads that the company and its people brought."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.crm_lead_action_referrals"
        )
        action["domain"] = [("referrer_id", "child_of", self.id)]
        action["context"] = {"active_test": False}
        return action
