# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain


class DealerReception(models.AbstractModel):
    """How a hit reads: name · car · plate · grade · what is open."""

    _inherit = "dealer.reception"

    @api.model
    def _format_hits(self, hits):
        """Complete the ids to lines; a constant number of queries."""
        partners = self._get_findable(
            self.env["res.partner"].browse({h["partner_id"] for h in hits} - {False})
        )
        leads = self._get_open_leads(partners, {h["lead_id"] for h in hits} - {False})
        cars = self._get_present_cars(partners)
        vehicles = self.env["fleet.vehicle"].browse(
            {h["vehicle_id"] for h in hits} - {False}
        )
        vehicles.union(*cars.values()).fetch(
            ["license_plate", "vin_sn", "model_id", "color"]
        )
        context = {
            "partners": partners,
            "phones": partners._get_visible_phones(),
            "leads": leads,
            "cars": cars,
            "open": self._get_open_items(partners, vehicles),
        }
        lines = [self._format_hit(hit, context) for hit in hits]
        return [line for line in lines if line]

    @api.model
    def _get_findable(self, partners):
        """Those the user may read, and whose data may be processed."""
        partners = partners._filtered_access("read")
        if partners._hides_restricted():
            partners = partners.filtered(lambda p: not p.is_restricted)
        return partners

    @api.model
    def _get_open_leads(self, partners, lead_ids):
        """The open leads of these people, newest first, and leads of nobody."""
        leads = self.env["crm.lead"]
        if not leads.has_access("read") or not (partners or lead_ids):
            return leads
        domain = [
            "|",
            ("id", "in", list(lead_ids)),
            "&",
            ("partner_id", "in", partners.ids),
            ("won_status", "=", "pending"),
        ]
        fields = ["partner_id", "contact_name", "partner_name", "name", "phone"]
        more = ["grade_id", "user_id", "vehicle_model_id", "next_contact_date"]
        return leads.search_fetch(domain, fields + more, order="id desc")

    @api.model
    def _get_present_cars(self, partners):
        """The cars each person has to do with now, by partner id."""
        today = self.env.company._get_dealer_today()
        parties = self.env["dealer.vehicle.party"].search_fetch(
            Domain("partner_id", "in", partners.ids)
            & self.env["dealer.vehicle.party"]._get_current_domain(today),
            ["partner_id", "vehicle_id", "role"],
        )
        readable = parties.vehicle_id._filtered_access("read")
        owners_first = parties.sorted(lambda p: p.role != "owner")
        return {
            partner.id: lines.vehicle_id & readable
            for partner, lines in owners_first.grouped("partner_id").items()
        }

    @api.model
    def _get_open_items(self, partners, vehicles):
        """What waits for these people, in words: {partner id: [text]}.

        Other addons add theirs (repair orders, complaints).
        """
        return {partner.id: [] for partner in partners}

    @api.model
    def _format_hit(self, hit, context):
        partner = context["partners"] & context["partners"].browse(hit["partner_id"])
        lead = context["leads"] & context["leads"].browse(hit["lead_id"])
        lead = (
            lead
            or context["leads"].filtered(lambda x: partner and x.partner_id == partner)[
                :1
            ]
        )
        car = self.env["fleet.vehicle"].browse(hit["vehicle_id"] or [])
        cars = context["cars"].get(partner.id, car)
        if not (partner or lead or car):
            return None
        shown = car or cars[:1]
        return {
            "partner_id": partner.id,
            "vehicle_id": car.id,
            "lead_id": lead.id,
            "name": self._get_hit_name(partner, lead, car),
            "phone": context["phones"].get(partner.id) or lead.phone or "",
            "car": shown.model_id.display_name or lead.vehicle_model_id.name or "",
            "plate": shown.license_plate or "",
            "vin": shown.vin_sn or "",
            "car_count": len(cars),
            "grade": lead.grade_id.code or "",
            "open": self._get_hit_open(partner, lead, context["open"]),
            "reason": hit["reason"],
        }

    @api.model
    def _get_hit_name(self, partner, lead, car):
        if partner:
            return partner.display_name
        if lead:
            return lead.contact_name or lead.partner_name or lead.name
        return car.display_name

    @api.model
    def _get_hit_open(self, partner, lead, items):
        texts = list(items.get(partner.id, []))
        if lead:
            texts.insert(0, self._get_lead_text(lead))
        return " · ".join(texts)

    @api.model
    def _get_lead_text(self, lead):
        """An open lead in three words: the colleague who has it."""
        if not lead.user_id:
            return self.env._("lead of nobody")
        return self.env._("lead of %(user)s", user=lead.user_id.name)
