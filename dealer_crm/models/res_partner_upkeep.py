# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

STAFF = "dealer_crm.group_dealer_user"


class ResPartner(models.Model):
    """Contact data is checked at every contact, and the stamp moves by the button.

    Whose phone turned out to be wrong, whose file is a draft and who was not asked
    for a year is on the list of files to check until it is put right.
    """

    _inherit = "res.partner"

    data_checked_by_id = fields.Many2one(
        "res.users", "Contact Data checked by", readonly=True, copy=False, groups=STAFF
    )
    data_checked_on = fields.Datetime(
        "Contact Data checked on", readonly=True, copy=False, groups=STAFF
    )
    phone_invalid = fields.Boolean(
        "Phone Wrong",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Set by a call that reached somebody else, until the number is changed.",
    )
    is_check_due = fields.Boolean(
        compute="_compute_check_reason", search="_search_is_check_due", groups=STAFF
    )
    check_reason = fields.Char(
        "To check", compute="_compute_check_reason", groups=STAFF
    )

    _phone_invalid_idx = models.Index("(id) WHERE phone_invalid")

    @api.model
    def _get_system_file_fields(self):
        return super()._get_system_file_fields() | {
            "data_checked_by_id",
            "data_checked_on",
            "phone_invalid",
        }

    @api.depends("file_state", "phone_invalid", "data_checked_on", "create_date")
    @api.depends_context("lang")
    def _compute_check_reason(self):
        for partner in self:
            reasons = partner._get_check_reasons() if partner.file_state else []
            partner.is_check_due = bool(reasons)
            partner.check_reason = ", ".join(reasons)

    def _get_check_reasons(self):
        """Texts in the user's language; empty: nothing to check."""
        self.ensure_one()
        reasons = []
        if self.phone_invalid:
            reasons.append(self.env._("phone is wrong"))
        if self.file_state == "draft":
            reasons.append(self.env._("file not verified"))
        last = self.data_checked_on or self.create_date
        company = self.company_id or self.env.company
        if last and last < company._get_file_check_limit():
            reasons.append(
                self.env._(
                    "not checked since %(date)s", date=format_date(self.env, last)
                )
            )
        return reasons

    def _search_is_check_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        overdue = Domain.OR(
            self._get_overdue_domain(company)
            & Domain("company_id", "in", [company.id, *own])
            for company, own in (
                (company, [False] if company == self.env.company else [])
                for company in self.env.companies
            )
        )
        return Domain("file_state", "!=", False) & (
            Domain("phone_invalid", "=", True)
            | Domain("file_state", "=", "draft")
            | overdue
        )

    @api.model
    def _get_overdue_domain(self, company):
        """Not checked, or not even entered, within the company's months."""
        limit = company._get_file_check_limit()
        return Domain("data_checked_on", "<", limit) | (
            Domain("data_checked_on", "=", False) & Domain("create_date", "<", limit)
        )

    def action_check_contact_data(self):
        """Ask the customer whether phone, address and habits are still right."""
        return self._get_contact_check_action(self)

    def _get_contact_check_action(self, source):
        """The small form with the contact data.

        :param source: record at which the customer was asked; the chatter names it
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check Contact Data"),
            "res_model": "res.partner",
            "res_id": self.id,
            "target": "new",
            "views": [
                (self.env.ref("dealer_crm.res_partner_view_form_check").id, "form")
            ],
            "context": {"dealer_check_source": [source._name, source.id]},
        }

    def action_confirm_contact_data(self):
        """The data was checked with the customer today: the stamp moves."""
        self.check_access("write")
        self.sudo().write(
            {
                "data_checked_by_id": self.env.uid,
                "data_checked_on": fields.Datetime.now(),
            }
        )
        note = self.env._("Contact data checked with the customer.")
        source = self._get_check_source()
        body = f"{note} {source}" if source else note
        self._message_log_batch(bodies=dict.fromkeys(self.ids, body))
        return {"type": "ir.actions.act_window_close"}

    def action_phone_is_right(self):
        """The number was marked wrong by mistake."""
        self.check_access("write")
        self.sudo().write({"phone_invalid": False})
        self._message_log_batch(
            bodies=dict.fromkeys(self.ids, self.env._("The phone number is right."))
        )
        return True

    @api.model
    def _get_check_source_models(self):
        """Models of the records at which contact data may be checked."""
        return ["res.partner", "crm.lead", "dealer.contact"]

    @api.model
    def _get_check_source(self):
        """Where the change comes from, as text for the chatter; empty: unknown."""
        source = self.env.context.get("dealer_check_source")
        if not isinstance(source, list | tuple) or len(source) != 2:
            return ""
        model, record_id = source
        if model not in self._get_check_source_models() or model == "res.partner":
            return ""
        record = self.env[model].browse(record_id).exists()
        if not record or not record.has_access("read"):
            return ""
        kind = self.env["ir.model"]._get(model).name
        return self.env._(
            "Source: %(kind)s %(record)s", kind=kind, record=record.display_name
        )

    def _get_key_change_note(self, before):
        note = super()._get_key_change_note(before)
        source = note and self._get_check_source()
        return note + Markup("<br/>") + source if source else note
