# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

SALUTED = {
    "male": lambda env, name: env._("Dear Mr. %(name)s", name=name),
    "female": lambda env, name: env._("Dear Ms. %(name)s", name=name),
}


def salute(env, name, gender):
    """How a letter begins, in the language of ``env``; kind also without a name."""
    if not name:
        return env._("Dear customer")
    if gender in SALUTED:
        return SALUTED[gender](env, name)
    return env._("Dear %(name)s", name=name)


class ResPartner(models.Model):
    """What letters say about their reader. Templates call these methods."""

    _inherit = "res.partner"

    def _get_salutation(self):
        """E.g. "Dear Mr. Wang"; in the language of the environment."""
        self.ensure_one()
        return salute(self.env, self.name, self.gender)

    def _get_letter_car(self):
        """Name of the customer's present car; "" where none is known."""
        self.ensure_one()
        parties = self.env["dealer.vehicle.party"].sudo()
        party = parties.search(
            [
                ("partner_id", "=", self.id),
                ("role", "=", "owner"),
                ("date_to", "=", False),
                ("vehicle_id.trade_state", "=", "customer"),
            ],
            limit=1,
        )
        return party.vehicle_id.model_id.display_name or ""

    def _get_letter_sender(self):
        """Who signs: the customer's consultant, else whoever sends."""
        self.ensure_one()
        return self.user_id.sudo().name or self.env.user.name


class DealerContact(models.Model):
    """Whom a letter about this visit is written to."""

    _inherit = "dealer.contact"

    def _get_addressee(self):
        """Name, gender, e-mail, phone and address of whoever came.

        Read with all rights: who may read the visit writes to its visitor.
        """
        self.ensure_one()
        row = self.sudo()
        person, lead = row.partner_id, row.lead_id
        lead_street = " ".join(filter(None, (lead.city, lead.street)))
        street = " ".join(filter(None, (person.city, person.street)))
        return {
            "name": person.name or row.visitor_name or lead.contact_name or "",
            "gender": person.gender or ("gender" in lead and lead["gender"]),
            "email": person.email or lead.email_from or "",
            "phone": person.phone or row.visitor_phone or lead.phone or "",
            "street": street or row.visitor_address or lead_street,
        }

    def _get_salutation(self):
        """E.g. "Dear Mr. Wang"; in the language of the environment."""
        person = self._get_addressee()
        return salute(self.env, person["name"], person["gender"])

    def _get_letter_model(self):
        """Name of the car the visitor looked at; "" where nobody noted it."""
        self.ensure_one()
        row = self.sudo()
        model = row.vehicle_model_id or row.lead_id.vehicle_model_id
        return model.display_name or ""

    def _get_letter_sender(self):
        """Who signs: the consultant who talked to the visitor."""
        self.ensure_one()
        return self.user_id.sudo().name

    def _get_letter_lang(self):
        """The reader's language; of a person without a file, the branch's."""
        self.ensure_one()
        row = self.sudo()
        return (
            row.partner_id.lang
            or row.lead_id.lang_id.code
            or row.company_id.partner_id.lang
            or self.env.lang
        )
