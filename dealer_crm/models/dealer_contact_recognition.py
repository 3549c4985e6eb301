# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain

from ..tools.phone import normalize_cn_phone
from .res_partner_match import same_phone_domain

LIMIT = 10


class DealerContact(models.Model):
    """Recognising who was here before by the phone, while it is typed."""

    _inherit = "dealer.contact"

    _visitor_phone_idx = models.Index(
        "(visitor_phone, date DESC) WHERE visitor_phone IS NOT NULL"
    )

    @api.model
    def _recognize(self, phone, partner, lead, company):
        """What the branch knows of this person: three queries, all by an index.

        :param str phone: in any spelling, or nothing
        :param partner: res.partner named already, or none
        :param lead: crm.lead named already, or none
        :return: dict of ``is_known``, ``open_leads`` (with all rights), ``partners``
            (those the user may see), ``owner`` (res.users, the earlier consultant
            who still works here) and ``text`` (all of it in words; who the person
            is stays out of it)
        """
        phone = normalize_cn_phone(phone or "") or ""
        leads = lead.sudo() or self._find_known_leads(phone, partner, company)
        partners = partner or self.env["res.partner"]._find_same_person(phone=phone)
        rows = self._find_known_rows(phone, partner, company)
        open_leads = leads.filtered(lambda x: x.active and x.won_status == "pending")
        people = (
            open_leads.user_id,
            partners.sudo().user_id,
            rows.user_id,
            (leads - open_leads).user_id,
        )
        owners = [
            user
            for users in people
            for user in users
            if self._is_consultant_of(user, company)
        ]
        owner = owners[0] if owners else self.env["res.users"]
        known = {
            "is_known": bool(leads or partners or rows),
            "open_leads": open_leads,
            "partners": partners,
            "owner": owner.with_env(self.env),
        }
        known["text"] = self._describe_known(known, leads, rows, company)
        return known

    @api.model
    def _find_known_leads(self, phone, partner, company):
        """Leads of the branch, closed ones too, the newest first; with all rights."""
        domain = same_phone_domain(phone)
        if partner:
            domain |= Domain("partner_id", "=", partner.id)
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        domain &= Domain("company_id", "in", [company.id, False])
        return leads.search(domain, limit=LIMIT, order="id desc")

    @api.model
    def _find_known_rows(self, phone, partner, company):
        """Earlier lines of the registers, the newest first; with all rights."""
        domain = Domain("visitor_phone", "=", phone) if phone else Domain.FALSE
        if partner:
            domain |= Domain("partner_id", "=", partner.id)
        domain &= Domain("company_id", "=", company.id)
        domain &= Domain("is_register", "=", True)
        return self.sudo().search(domain, limit=LIMIT)

    @api.model
    def _is_consultant_of(self, user, company):
        """Whether ``user`` may get this branch's visitors."""
        return (
            user.active
            and company in user.company_ids
            and user.has_group("dealer_crm.group_sales_consultant")
        )

    @api.model
    def _describe_known(self, known, leads, rows, company):
        """One line for the register: known how, and whose; False for a stranger."""
        if not known["is_known"]:
            return False
        open_leads, owner = known["open_leads"], known["owner"].sudo()
        name = owner.name or self.env._("nobody yet")
        if len(open_leads) > 1:
            names = ", ".join(open_leads.user_id.mapped("name"))
            text = self.env._(
                "%(count)s open leads with this phone: %(users)s.",
                count=len(open_leads),
                users=names or self.env._("nobody yet"),
            )
        elif open_leads:
            text = self.env._("Open lead of %(user)s.", user=name)
        elif known["partners"].filtered("file_state"):
            text = self.env._("Known customer of %(user)s.", user=name)
        elif rows or leads:
            text = self.env._("Was here or called before: %(user)s.", user=name)
        else:
            text = self.env._("Known contact.")
        if owner and not self.env["dealer.rota"]._is_on_duty(owner, company):
            text += " " + self.env._("%(user)s is absent today.", user=owner.name)
        return text

    @api.onchange("visitor_phone", "channel")
    def _onchange_visitor_phone(self):
        """Tell who it is as soon as the phone is typed; nothing is blocked."""
        if self._origin or not self.is_register:
            return None
        company = self.company_id or self.env.company
        partner = self.partner_id._origin
        known = self._recognize(
            self.visitor_phone, partner, self.env["crm.lead"], company
        )
        self.register_note = known["text"]
        if not known["is_known"]:
            if self.is_repeat and self.visitor_phone:
                self.is_repeat = False
            return None
        self.is_repeat = True
        self.user_id = known["owner"] or self.user_id
        self._fill_known(known)
        return {
            "warning": {
                "type": "notification",
                "title": self.env._("Known here"),
                "message": known["text"],
            }
        }

    def _fill_known(self, known):
        """Name and model of the one it must be, as far as the user may see them."""
        leads, partners = known["open_leads"], known["partners"]
        if not self.env.user.has_group("dealer_crm.group_sales_consultant"):
            seen = leads
        else:
            seen = self.env["crm.lead"].browse(leads.ids)._filtered_access("read")
        lead = seen.sudo() if len(leads) == 1 else leads.browse()
        name = lead.contact_name or lead.partner_id.name
        if not name and len(partners) == 1:
            name = partners.sudo().name
        self.visitor_name = self.visitor_name or name
        self.vehicle_model_id = self.vehicle_model_id or lead.vehicle_model_id

    @api.onchange("is_repeat")
    def _onchange_is_repeat(self):
        """The reception asks whom the visitor spoke to: no turn is used for him."""
        if self._origin or not self.is_register or self.channel != "visit":
            return
        if not self.is_repeat:
            self.user_id = self.user_id or self._propose_consultant("visit")
        elif not self.register_note:
            self.user_id = False
