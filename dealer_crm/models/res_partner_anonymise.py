# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.job_steps import reported

LEAD_FIELDS = (
    "contact_name partner_name phone email_from street street2 city zip website"
    " function description talking_points dormant_reason activity_interest"
    " known_through"
).split()
LEDGER_FIELDS = (
    "content feedback need_change next_step talking_points grade_reason"
    " visitor_name visitor_phone visitor_address"
).split()


class ResPartner(models.Model):
    """A person is forgotten: the papers stay, nobody tells whose they were.

    Cars, contracts and invoices remain as the law asks for; name, number, address,
    talks and history go. Nothing of it can be undone.
    """

    _inherit = "res.partner"

    def _get_retention_dates(self):
        """Days of the papers that have to be kept: hook, one list per person."""
        self.ensure_one()
        papers = (
            ("sale.order", "date_order", [("state", "=", "sale")]),
            ("account.move", "invoice_date", [("state", "=", "posted")]),
            (
                "dealer.vehicle.party",
                "date_from",
                [("role", "=", "owner"), ("vehicle_id.origin", "=", "own_sale")],
            ),
        )
        dates = []
        for model, name, domain in papers:
            domain += [("partner_id", "child_of", self.id), (name, "!=", False)]
            last = self.env[model].sudo().search(domain, order=f"{name} desc", limit=1)
            dates.append(fields.Date.to_date(last[name]))
        return [date for date in dates if date]

    def _get_retention_end(self):
        """The day from which the person may be forgotten; False: at once."""
        dates = self._get_retention_dates()
        if not dates:
            return False
        years = (self.company_id or self.env.company).sudo().retention_years
        end = max(dates) + relativedelta(years=years)
        return end if end > fields.Date.context_today(self) else False

    def _anonymise(self, reason):
        """Forget the persons; the log keeps who did it, when and why.

        :raises UserError: while the law asks to keep the papers of one of them
        """
        self._check_privacy_officer()
        for partner in self:
            end = partner._get_retention_end()
            if end:
                raise UserError(
                    self.env._(
                        "The papers of %(name)s have to be kept until %(date)s. "
                        "Restrict the processing until then.",
                        name=partner.name,
                        date=format_date(self.env, end),
                    )
                )
            partner.sudo()._empty_personal_data()
            self.env["dealer.access.log"]._log("anonymise", partner, reason)

    def _empty_personal_data(self):
        """What is left of one person: a number instead of a name."""
        self.ensure_one()
        quiet = self.with_context(tracking_disable=True, mail_notrack=True)
        everybody = quiet.with_context(active_test=False)
        family = everybody.search([("id", "child_of", self.id)]) | quiet
        for person in family:
            person._empty_ledger()
            person._empty_leads()
            person._empty_traces()
            person._set_id_number(False)
            person.write(person._prepare_anonymous_values())
            person._delete_history()
        family.consent_ids.write({"note": False})
        quiet.write(
            {"is_restricted": True, "erase_due_date": False, "restrict_reason": False}
        )

    def _prepare_anonymous_values(self):
        values = {
            name: [(5,)] if self._fields[name].type == "many2many" else False
            for name in self._get_privacy_fields()
            if self._fields[name].store and not self._fields[name].required
        }
        return {
            **values,
            "name": self.env._("Anonymised %(number)s", number=self.id),
            "file_state": False,
            "image_1920": False,
            "category_id": [(5,)],
            "active": False,
        }

    def _delete_history(self):
        self._delete_history_of(self)

    @api.model
    def _delete_history_of(self, records):
        """Messages with their tracked values, attachments and to-dos."""
        for model, name in (
            ("mail.message", "model"),
            ("ir.attachment", "res_model"),
            ("mail.activity", "res_model"),
        ):
            history = self.env[model].with_context(active_test=False)
            domain = [(name, "=", records._name), ("res_id", "in", records.ids)]
            history.search(domain).unlink()

    def _empty_ledger(self):
        """That there was a contact stays, what was said goes; so do the notes."""
        contacts = self.env["dealer.contact"].search([("partner_id", "=", self.id)])
        # the registers keep their counts
        with self.env.protecting([contacts._fields["has_left_data"]], contacts):
            contacts.write(dict.fromkeys(LEDGER_FIELDS, False))
        if "dealer.customer.note" in self.env:
            notes = self.env["dealer.customer.note"].with_context(active_test=False)
            notes.search([("partner_id", "=", self.id)]).unlink()

    def _empty_traces(self):
        """What was promised, imported and merged; no merge is undone any more."""
        promises = self.env["dealer.promise"].search([("partner_id", "=", self.id)])
        promises.activity_id.unlink()
        promises.filtered(lambda p: p.state == "open").write({"state": "broken"})
        promises.write({"name": "–"})
        merges = self.env["dealer.merge"].search([("survivor_id", "=", self.id)])
        merges.write({"merged_names": "–", "note": False, "snapshot": False})
        merges.filtered(lambda m: m.state == "done").write({"state": "final"})
        for records in (self, self._get_all_leads(), self.party_ids.vehicle_id):
            lines = self.env["dealer.import.line"].search(
                [
                    ("match_model", "=", records._name),
                    ("match_id", "in", records.ids),
                ]
            )
            lines.write(
                {
                    "raw": False,
                    "parsed": False,
                    "undo": False,
                    "summary": "–",
                    "reason": False,
                }
            )

    def _get_all_leads(self):
        leads = self.env["crm.lead"].with_context(
            active_test=False, tracking_disable=True
        )
        return leads.search([("partner_id", "=", self.id)])

    def _empty_leads(self):
        leads = self._get_all_leads()
        for lead in leads:
            values = dict.fromkeys(LEAD_FIELDS, False)
            for name in lead._get_profile_fields():
                many = lead._fields[name].type == "many2many"
                values[name] = [(5,)] if many else False
            lead.write(
                {
                    **values,
                    "name": self.env._("Anonymised %(number)s", number=self.id),
                }
            )
        self._delete_history_of(leads)

    @api.model
    def _cron_anonymise_due(self):
        """Forget those whose papers need not be kept any more, batch by batch.

        One that cannot be forgotten is reported and skipped, the others go on.
        """
        cron = self.env["ir.cron"]
        partners = self.with_context(active_test=False)
        due = partners.search(
            [
                ("is_restricted", "=", True),
                ("erase_due_date", "<=", fields.Date.context_today(self)),
            ],
            order="erase_due_date, id",
        )
        cron._commit_progress(remaining=len(due))
        for partner in due:
            with reported("Anonymising", partner):
                partner._anonymise(self.env._("Period of retention is over"))
            if not cron._commit_progress(1):
                return
