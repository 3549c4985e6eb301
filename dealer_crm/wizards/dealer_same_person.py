# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.phone import mask_phone


class DealerSamePerson(models.TransientModel):
    """Who is it? People we know, before a customer or a lead is made of somebody."""

    _name = "dealer.same.person"
    _description = "Who is it?"

    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade")
    contact_id = fields.Many2one(
        "dealer.contact", "Contact Ledger", readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("dealer.same.person.line", "wizard_id", "Known People")
    identity = fields.Char(
        "ID Number or Company Code",
        compute="_compute_identity",
        inverse="_inverse_identity",
        help="Looks for exactly this number; it is not kept.",
    )

    def _compute_identity(self):
        self.identity = False

    def _inverse_identity(self):
        """People with this number join the list; the number itself is not stored."""
        for wizard in self.filtered("identity"):
            partners = self.env["res.partner"]._find_by_identity(wizard.identity)
            partners -= wizard.line_ids.partner_id
            reason = self.env._("same ID document or company code")
            self.env["dealer.same.person.line"].create(
                wizard._prepare_partner_lines(partners, reason)
            )

    @api.model
    def _ask_for_lead(self, lead):
        """The dialog for a lead that becomes a customer."""
        partners = self.env["res.partner"]._find_same_person(
            lead.phone, lead.email_from, lead.partner_name
        )
        wizard = self.create({"lead_id": lead.id})
        wizard._add_partners(partners)
        return wizard._open()

    @api.model
    def _ask_for_contact(self, contact, leads, partners):
        """The dialog for a visitor who seems to be known."""
        wizard = self.create({"contact_id": contact.id})
        self.env["dealer.same.person.line"].create(wizard._prepare_lead_lines(leads))
        wizard._add_partners(partners - leads.partner_id)
        return wizard._open()

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who is it?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _add_partners(self, partners):
        self.env["dealer.same.person.line"].create(
            self._prepare_partner_lines(partners, self.env._("same phone or e-mail"))
        )

    def _prepare_partner_lines(self, partners, reason):
        phones = partners._get_visible_phones()
        return [
            {
                "wizard_id": self.id,
                "partner_id": partner.id,
                "who": partner.display_name,
                "phone": phones[partner.id],
                "cars": ", ".join(partner.sudo().vehicle_ids.mapped("model_id.name")),
                "consultant": partner.sudo().user_id.name,
                "reason": reason,
            }
            for partner in partners
        ]

    def _prepare_lead_lines(self, leads):
        """Of another consultant's lead only he himself is shown."""
        readable = self.env["crm.lead"].browse(leads.ids)._filtered_access("read")
        return [
            {
                "wizard_id": self.id,
                "lead_id": lead.id,
                "who": lead.name
                if lead.id in readable.ids
                else self.env._("Open lead"),
                "phone": mask_phone(lead.phone or ""),
                "cars": lead.vehicle_model_id.display_name,
                "consultant": lead.user_id.name or self.env._("nobody yet"),
                "reason": self.env._("open lead of this person"),
            }
            for lead in leads.sudo()
        ]

    def action_look_up(self):
        """Show the list again, now with those found by the number."""
        return self._open()

    def action_new(self):
        """It is none of them."""
        self.ensure_one()
        if self.lead_id:
            return self.lead_id._convert_to_customer().get_formview_action()
        self.contact_id._make_lead()
        return self.contact_id.action_view_lead()


class DealerSamePersonLine(models.TransientModel):
    """One person it may be, in words, as the user may see him."""

    _name = "dealer.same.person.line"
    _description = "Possibly the Same Person"

    wizard_id = fields.Many2one("dealer.same.person", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade")
    who = fields.Char("Customer Name", readonly=True)
    phone = fields.Char(readonly=True)
    cars = fields.Char(readonly=True)
    consultant = fields.Char("Sales Consultant", readonly=True)
    reason = fields.Char("Found by", readonly=True)

    def action_take(self):
        """It is this one."""
        self.ensure_one()
        wizard = self.wizard_id
        if wizard.lead_id:
            customer = wizard.lead_id._convert_to_customer(self.partner_id)
            return customer.get_formview_action()
        contact = wizard.contact_id
        if self.partner_id:
            contact._make_lead(self.partner_id)
            return contact.action_view_lead()
        contact._join_lead(self.lead_id)
        if self.lead_id.has_access("read"):
            return contact.action_view_lead()
        return {"type": "ir.actions.act_window_close"}
