# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools.phone import mask_phone, normalize_cn_phone

VISITOR_FIELDS = frozenset({"visitor_name", "visitor_phone", "vehicle_model_id"})


class DealerContact(models.Model):
    """Visits and calls of people not known yet, and the lead that comes of them."""

    _inherit = "dealer.contact"

    visitor_name = fields.Char(
        "Visitor", help="Name of a person who has neither lead nor customer file."
    )
    visitor_phone = fields.Char("Visitor's Phone")
    vehicle_model_id = fields.Many2one("fleet.vehicle.model", "Model of Interest")

    @api.depends("visitor_name", "visitor_phone")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for contact in self.filtered(lambda c: not c.partner_id and not c.lead_id):
            who = contact.visitor_name or mask_phone(contact.visitor_phone or "")
            contact.display_name = f"{channels.get(contact.channel, '')} · {who}"
        return result

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_visitor(vals) for vals in vals_list])

    def write(self, vals):
        if VISITOR_FIELDS & vals.keys():
            self._check_visitor_author()
            vals = self._clean_visitor(vals)
        return super().write(vals)

    def _check_visitor_author(self):
        """:raises AccessError: visitors whom somebody else entered"""
        self._check_author(
            self.env._("Only the author or a manager corrects who came.")
        )

    @api.model
    def _clean_visitor(self, vals):
        """Blanks alone are nobody; the phone is kept in the form it is compared in."""
        vals = dict(vals)
        if "visitor_name" in vals:
            vals["visitor_name"] = (vals["visitor_name"] or "").strip() or False
        if "visitor_phone" in vals:
            vals["visitor_phone"] = normalize_cn_phone(vals["visitor_phone"]) or False
        return vals

    def _is_of_somebody(self):
        """True where a person is known without the lead."""
        self.ensure_one()
        return bool(self.partner_id or self.visitor_name or self.visitor_phone)

    def action_make_lead(self):
        """A lead with everything said here; a person we know is proposed instead."""
        self.ensure_one()
        self.check_access("write")
        self._lock_row()
        if self.lead_id:
            return self.action_view_lead()
        self._check_may_make_lead()
        name, phone = self._get_visitor()
        if not name and not phone:
            raise UserError(self.env._("Enter the visitor's name or phone first."))
        leads = self.env["crm.lead"]._find_open_leads(phone, self.partner_id)
        partners = self.env["res.partner"]
        if not self.partner_id:
            partners = partners._find_same_person(phone=phone)
        if leads or partners:
            return self.env["dealer.same.person"]._ask_for_contact(
                self, leads, partners
            )
        self._make_lead()
        return self.action_view_lead()

    def _check_may_make_lead(self):
        """Hook. :raises UserError: what the line lacks to become a lead"""

    def _lock_row(self):
        """Two people press at once: the second waits, his request is repeated."""
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM dealer_contact WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()

    def _get_visitor(self):
        """Name and phone of whoever came, known or not."""
        self.ensure_one()
        person = self.partner_id.sudo()
        return self.visitor_name or person.name, self.visitor_phone or person.phone

    def _make_lead(self, partner=None):
        """Create the lead of this contact; nothing where it has one.

        :param partner: res.partner the visitor turned out to be
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_make_lead()
        self._lock_row()
        if not self.lead_id:
            partner = partner or self.partner_id
            lead = self.env["crm.lead"].create(self._prepare_lead_values(partner))
            lead.last_contact_date = self.date
            self._write_link(lead)
        return self.lead_id

    def _prepare_lead_values(self, partner):
        self.ensure_one()
        name, phone = self._get_visitor()
        is_sales = self.user_id.sudo().has_group("dealer_crm.group_sales_consultant")
        model = self.vehicle_model_id.display_name
        return {
            "name": " · ".join(filter(None, [name or mask_phone(phone or ""), model])),
            "type": "opportunity",
            "contact_name": name,
            "phone": phone,
            "partner_id": partner.id,
            "vehicle_model_id": self.vehicle_model_id.id,
            "vehicle_id": self.vehicle_id.id,
            "description": self.content,
            "user_id": is_sales and self.user_id.id,
            "company_id": self.company_id.id,
        }

    def _join_lead(self, lead):
        """The visit belongs to a lead that is open already: its plan goes on there.

        :param lead: an open crm.lead of this person, of whichever consultant
        :raises AccessError: a lead of somebody else, sent by a client
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_make_lead()
        self._lock_row()
        phone = self._get_visitor()[1]
        if lead not in lead._find_open_leads(phone, self.partner_id):
            raise AccessError(self.env._("This lead belongs to another person."))
        if not self.lead_id:
            lead = lead.sudo()
            day = lead._get_proposed_contact_date(self.outcome, self.grade_id)
            self._write_link(lead, next_contact_date=day)
            self.sudo()._apply_to_leads()

    def _write_link(self, lead, **values):
        """The row shows its lead; what it said of the person stays as it was."""
        values |= {"lead_id": lead.id}
        if lead.partner_id and not self.partner_id:
            values["partner_id"] = lead.partner_id.id
        self.sudo().write(values)
