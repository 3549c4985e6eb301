# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

INSERT_MATERIAL = """
    INSERT INTO dealer_contact (
           partner_id, lead_id, vehicle_id, visitor_name, visitor_phone, company_id,
           date, channel, direction, purpose, outcome, content, user_id,
           mail_template_id, campaign_id, sms_uuid,
           is_register, is_counted, has_left_data,
           create_uid, create_date, write_uid, write_date)
    SELECT s.partner_id, s.lead_id, s.vehicle_id, s.visitor_name, s.visitor_phone,
           s.company_id, %(now)s, %(channel)s, 'out', %(purpose)s, 'reached',
           %(content)s, %(uid)s, %(template)s, %(campaign)s, s.sms_uuid,
           FALSE, FALSE, FALSE,
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(partners)s::int[], %(leads)s::int[], %(vehicles)s::int[],
                  %(names)s::text[], %(phones)s::text[], %(companies)s::int[],
                  %(uuids)s::text[])
           WITH ORDINALITY AS s(partner_id, lead_id, vehicle_id, visitor_name,
                                visitor_phone, company_id, sms_uuid, place)
     ORDER BY s.place
    RETURNING id
"""

SENT_COLUMNS = (
    ("partners", "partner_id"),
    ("leads", "lead_id"),
    ("vehicles", "vehicle_id"),
    ("names", "visitor_name"),
    ("phones", "visitor_phone"),
    ("companies", "company_id"),
    ("uuids", "sms_uuid"),
)


class DealerContact(models.Model):
    """What was sent to whom: letters, e-mails and messages are rows of the ledger.

    Nobody talked, so they end no planned follow-up and plan none.
    """

    _inherit = "dealer.contact"

    mail_template_id = fields.Many2one(
        "mail.template",
        "Letter",
        ondelete="restrict",
        index="btree_not_null",
        help="The letter, e-mail or message that was sent.",
    )
    campaign_id = fields.Many2one(
        "utm.campaign", ondelete="restrict", index="btree_not_null"
    )

    _material_idx = models.Index(
        "(company_id, date DESC) WHERE mail_template_id IS NOT NULL"
    )

    @api.model
    def _get_past_fields(self):
        return super()._get_past_fields() | {"mail_template_id", "campaign_id"}

    def _apply_to_leads(self):
        talks = self.filtered(lambda contact: not contact.mail_template_id)
        return super(DealerContact, talks)._apply_to_leads()

    @api.model
    def _log_material(self, rows, template, channel, purpose, campaign=None):
        """Note in one statement what was sent, in the name of the current user.

        :param rows: list of dicts with partner_id, lead_id, vehicle_id, visitor_name,
            visitor_phone, company_id (required) and sms_uuid (what the queue of
            text messages gave); missing ones are empty
        :param template: mail.template that was sent
        :param channel: letter, email or sms
        :param purpose: of the ledger, "marketing" or "care"
        :return: the new rows, in the order of ``rows``
        """
        self.env.flush_all()
        columns = {
            key: [row.get(name) or None for row in rows] for key, name in SENT_COLUMNS
        }
        made = self.env.execute_query(
            SQL(
                INSERT_MATERIAL,
                now=fields.Datetime.now(),
                channel=channel,
                purpose=purpose,
                content=template.name,
                uid=self.env.uid,
                template=template.id,
                campaign=campaign.id if campaign else None,
                **columns,
            )
        )
        contacts = self.browse([row[0] for row in made])
        self.invalidate_model(flush=False)
        return contacts
