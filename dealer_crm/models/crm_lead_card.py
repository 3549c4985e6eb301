# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "dealer_crm.group_dealer_user"


class CrmLead(models.Model):
    """The card of a customer: negotiation card, short card, and owner's card later.

    Seed 004: C customers and those without a grade have a card with personal data
    only; after the sale the card of the buyer goes on.
    """

    _inherit = "crm.lead"

    later_contact_ids = fields.Many2many(
        "dealer.contact",
        string="Contacts after the Sale",
        compute="_compute_after_sale",
        groups=STAFF,
    )
    repurchase_ids = fields.Many2many(
        "crm.lead",
        string="Next Purchases",
        compute="_compute_after_sale",
        groups=STAFF,
    )

    @api.depends("won_status", "date_closed", "partner_id")
    def _compute_after_sale(self):
        """Of the buyer, as far as the user may see them, in a few queries for all."""
        won = self.filtered(
            lambda x: x.won_status == "won" and x.partner_id and x.date_closed
        )
        contacts = won._get_later_records("dealer.contact", "date", "date, id")
        leads = won._get_later_records("crm.lead", "create_date", "create_date, id")
        for lead in self:
            lead.later_contact_ids = contacts.filtered(
                lambda c, x=lead: x._is_after_sale(c, c.date)
                and c.lead_id != x._origin  # those stand in the card's own log
            )
            lead.repurchase_ids = leads.filtered(
                lambda other, x=lead: x._is_after_sale(other, other.create_date)
                and other != x._origin
            )

    def _get_later_records(self, model, date_field, order):
        """Records of these leads' buyers since the first of the sales."""
        records = self.env[model].sudo(False).with_context(active_test=False)
        if not self:
            return records
        domain = Domain("partner_id", "in", self.partner_id.ids)
        domain &= Domain(date_field, ">=", min(self.mapped("date_closed")))
        return records.search(domain, order=order)

    def _is_after_sale(self, record, date):
        self.ensure_one()
        return (
            self.won_status == "won"
            and record.partner_id == self.partner_id
            and bool(self.date_closed)
            and date >= self.date_closed
        )

    def _is_short_card(self):
        """C and no grade: personal data only, while nothing was sold."""
        self.ensure_one()
        grade = self.grade_id
        return self.won_status == "pending" and (
            not grade or grade.intention == "low" and not grade.is_order
        )

    def _get_negotiation_card(self, form=None):
        """Values of the template ``negotiation_card_body``.

        :param form: ``"full"`` or ``"short"``; by itself as the grade says. Without a
            record: a blank card
        """
        printer = self.env["report.dealer_crm.report_negotiation_card"]
        return printer._get_card(self, form)

    def _get_card_later_rows(self):
        """What happened after the sale, oldest first: hook, other addons add theirs.

        :return: list of (date or datetime, kind, text, person)
        """
        self.ensure_one()
        rows = [
            (contact.date, *contact._get_card_words(), contact.user_id.sudo().name)
            for contact in self.later_contact_ids
        ]
        rows += [
            (
                lead.create_date,
                self.env._("Next Purchase"),
                lead.name,
                lead.user_id.sudo().name or "",
            )
            for lead in self.repurchase_ids
        ]
        return rows
