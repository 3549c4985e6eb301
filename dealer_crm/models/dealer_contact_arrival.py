# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from .dealer_contact_register import (
    COUNTED_PURPOSES,
    REGISTER_CHANNELS,
    REGISTER_PURPOSES,
)

CONSULTANT = "dealer_crm.group_sales_consultant"


class DealerContact(models.Model):
    """Who serves the one who comes or calls: the earlier consultant, else the next.

    Decided when the line is saved, in the list, by import and by RPC alike.
    """

    _inherit = "dealer.contact"

    register_note = fields.Char(
        "Note",
        readonly=True,
        copy=False,
        help="Whether the person is known, and why this consultant.",
    )

    @api.model
    def default_get(self, fields_list):
        """A new line of the visit register proposes whose turn it is."""
        values = super().default_get(fields_list)
        if not self.env.context.get("dealer_register"):
            return values
        if "user_id" in fields_list:
            users = self._propose_consultant(values.get("channel"))
            values["user_id"] = users.id
        if "lead_channel_id" in fields_list and values.get("channel") == "visit":
            walk_in = self.env.ref(
                "dealer_crm.lead_channel_walk_in", raise_if_not_found=False
            )
            if walk_in and walk_in.active:
                values["lead_channel_id"] = walk_in.id
                values["source_id"] = walk_in.sudo().source_id.id
        return values

    @api.model
    def _propose_consultant(self, channel):
        """Whose line it will probably be; no turn is used by asking.

        Visits go by turn. A call stays with the consultant who answers it, the
        reception passes it on to whoever is next, whose turn for the next visitor
        stays his.
        """
        user = self.env.user
        if channel != "visit" and user.has_group(CONSULTANT):
            return user
        return self.env["dealer.rota"]._peek_turn(self.env.company) or user

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        leads = [self._assign_arrival(vals) for vals in vals_list]
        contacts = super().create(vals_list)
        for contact, lead in zip(contacts, leads, strict=True):
            if lead and not contact.lead_id:
                contact._write_link(lead)
        return contacts

    @api.model
    def _assign_arrival(self, vals):
        """Complete the values of one who just came or called.

        :return: the open lead (with all rights) that the line belongs to, or none
        """
        none = self.env["crm.lead"]
        company = self._get_arrival_company(vals)
        if not self._is_arrival(vals, company):
            return none
        known = self._recognize(
            vals.get("visitor_phone"),
            self.env["res.partner"].browse(vals.get("partner_id") or []),
            none.browse(vals.get("lead_id") or []),
            company,
        )
        self._assign_consultant(vals, known, company)
        if known["is_known"]:
            vals["is_repeat"] = True
            return self._take_over_known(vals, known)
        return none

    @api.model
    def _get_arrival_company(self, vals):
        company = self.env["res.company"].browse(vals.get("company_id") or [])
        if not company and vals.get("lead_id"):
            company = self.env["crm.lead"].browse(vals["lead_id"]).sudo().company_id
        return company or self.env.company

    @api.model
    def _is_arrival(self, vals, company):
        """A line of today's register, and nobody decided for the system."""
        defaults = {"channel": "phone", "purpose": "follow_up"}
        row = {
            name: vals.get(name) or self.env.context.get(f"default_{name}") or default
            for name, default in defaults.items()
        }
        direction = vals.get("direction") or self.env.context.get("default_direction")
        direction = direction or ("in" if row["channel"] == "visit" else "out")
        if direction != "in" or row["channel"] not in REGISTER_CHANNELS:
            return False
        if row["purpose"] not in REGISTER_PURPOSES:
            return False
        vals.setdefault("channel", row["channel"])
        vals.setdefault("purpose", row["purpose"])
        if self.env.su and vals.get("user_id"):
            return False
        return not vals.get("date") or self._is_branch_today(vals["date"], company)

    @api.model
    def _is_branch_today(self, moment, company):
        """Whether ``moment`` (UTC) is on the branch's day."""
        moment = fields.Datetime.to_datetime(moment)
        today = company._get_dealer_today()
        start = company._get_dealer_day_start(today)
        return (
            start <= moment < company._get_dealer_day_start(today + timedelta(days=1))
        )

    @api.model
    def _assign_consultant(self, vals, known, company):
        """The earlier consultant, whose turn is not used; else the next of the rota.

        A manager may send somebody to another one. Who is registered as a returning
        visitor with a consultant he named goes to that one. Only visits that count
        take a turn: a call stays where it is answered.
        """
        given = vals.get("user_id")
        if known["owner"]:
            if not (given and self._is_register_manager()):
                vals["user_id"] = known["owner"].id
            vals["register_note"] = known["text"]
            return
        vals["register_note"] = known["text"]
        is_turn = vals["channel"] == "visit" and vals["purpose"] in COUNTED_PURPOSES
        if is_turn and not (vals.get("is_repeat") and given):
            self._take_next(vals, company)
        elif not given:
            is_call = vals["channel"] == "phone"
            users = self._propose_consultant("phone") if is_call else self.env.user
            vals["user_id"] = users.id

    @api.model
    def _take_next(self, vals, company):
        """Use the turn; the note says if it is not the one who was proposed."""
        rota = self.env["dealer.rota"]
        proposed = self.env["res.users"].browse(vals.get("user_id") or [])
        taken = rota._take_turn(company, proposed)
        notes = [vals.get("register_note"), self._get_day_warning(company)]
        if taken and proposed and taken != proposed:
            notes.append(
                self.env._(
                    "It is the turn of %(user)s, not of %(other)s.",
                    user=taken.sudo().name,
                    other=proposed.sudo().name,
                )
            )
        vals["user_id"] = (taken or proposed or self.env.user).id
        vals["register_note"] = " ".join(filter(None, notes)) or False

    @api.model
    def _get_day_warning(self, company):
        """Why the rota does not hold, said at the first visit of the day (SHO-15)."""
        warning = self.env["dealer.rota"]._get_rota_warning(company)
        if not warning:
            return ""
        start = company._get_dealer_day_start(company._get_dealer_today())
        first = not self.sudo().search_count(
            [
                ("company_id", "=", company.id),
                ("channel", "=", "visit"),
                ("is_register", "=", True),
                ("is_counted", "=", True),
                ("date", ">=", start),
            ],
            limit=1,
        )
        return warning if first else ""

    @api.model
    def _take_over_known(self, vals, known):
        """The one customer and the one open lead of this name come to the line."""
        partner = known["partners"]
        name = vals.get("visitor_name")
        if len(partner) == 1 and not vals.get("partner_id"):
            if partner.file_state and self._is_same_name(name, partner.sudo().name):
                vals["partner_id"] = partner.id
        lead = known["open_leads"]
        if len(lead) != 1:
            return lead.browse()
        person = lead.contact_name or lead.partner_name or lead.partner_id.name
        return lead if self._is_same_name(name, person) else lead.browse()

    @api.model
    def _is_same_name(self, typed, known):
        """ "Mr Wang" may be Wang Wei: no name, the same one, or the same surname."""
        typed, known = (typed or "").strip(), (known or "").strip()
        if not typed or not known or typed == known:
            return True
        is_han = "\u4e00" <= typed[0] <= "\u9fff"
        same = typed[0] == known[0] if is_han else typed.split()[0] == known.split()[0]
        return same
