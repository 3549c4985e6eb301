# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

GRID_PURPOSES = ("marketing", "care", "service")
STATE_STYLES = {"given": "text-success", "withdrawn": "text-danger"}


class ResPartner(models.Model):
    """Whether and how a person may be contacted, for whichever purpose."""

    _inherit = "res.partner"

    consent_ids = fields.One2many(
        "dealer.consent",
        "partner_id",
        groups="dealer_crm.group_dealer_user",
    )
    consent_table = fields.Html(
        "Consent now",
        compute="_compute_consent_table",
        sanitize=False,
        groups="dealer_crm.group_dealer_user",
    )

    def _compute_consent_table(self):
        lines = self.env["dealer.consent"].search(
            [("partner_id", "in", self._origin.ids), ("is_current", "=", True)],
            order="vehicle_id, date desc, id desc",
        )
        by_partner = lines.grouped("partner_id")
        for partner in self:
            current = by_partner.get(partner._origin, lines.browse())
            partner.consent_table = partner._render_consent_table(current)

    def _render_consent_table(self, lines):
        """Channels by purposes: given, withdrawn or not asked, with date and source."""
        consents = self.env["dealer.consent"]
        channels, purposes, states, sources = (
            dict(consents._fields[name]._description_selection(self.env))
            for name in ("channel", "purpose", "state", "source")
        )
        general = lines.filtered(lambda line: not line.vehicle_id)
        cells = {(line.channel, line.purpose): line for line in general}
        head = Markup("").join(
            Markup("<th>%s</th>") % purposes[purpose] for purpose in GRID_PURPOSES
        )
        rows = Markup("")
        channels.pop("any")
        for channel, label in channels.items():
            row = Markup("<th>%s</th>") % label
            for purpose in GRID_PURPOSES:
                line = cells.get((channel, purpose))
                row += self._render_consent_cell(line, states, sources)
            rows += Markup("<tr>%s</tr>") % row
        table = Markup(
            '<table class="table table-sm"><thead><tr><th></th>%s</tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (head, rows)
        return table + self._render_car_consents(lines - general)

    def _render_car_consents(self, lines):
        """What the person said of one car only, a line each."""
        channels, purposes, states = (
            dict(lines._fields[name]._description_selection(self.env))
            for name in ("channel", "purpose", "state")
        )
        items = Markup("").join(
            Markup("<li>%s: %s, %s: %s</li>")
            % (
                line.vehicle_id.sudo().display_name,
                channels[line.channel],
                purposes[line.purpose],
                states[line.state],
            )
            for line in lines
        )
        return Markup("<ul>%s</ul>") % items if items else Markup("")

    def _render_consent_cell(self, line, states, sources):
        if not line:
            label = self.env._("not asked")
            return Markup('<td class="text-muted">%s</td>') % label
        day = fields.Datetime.context_timestamp(self, line.date)
        cell = Markup(
            '<td><span class="%s">%s</span>'
            ' <small class="text-muted">%s %s</small></td>'
        )
        return cell % (
            STATE_STYLES[line.state],
            states[line.state],
            format_date(self.env, day),
            sources[line.source],
        )

    def _has_withdrawn(self, channels, purpose):
        """Whether one of the persons withdrew one of the channels for the purpose."""
        domain = self.env["dealer.consent"]._get_withdrawn_domain(channels, purpose)
        domain &= Domain("partner_id", "in", self.ids)
        return bool(self.env["dealer.consent"].sudo().search_count(domain, limit=1))

    def _may_contact(self, channel, purpose):
        """Whether the person may be contacted on ``channel`` for ``purpose``.

        :param channel: of dealer.consent, e.g. "call"
        :param purpose: "marketing", "care" or "service"
        """
        self.ensure_one()
        domain = self._get_contactable_domain(channel, purpose)
        domain &= Domain("id", "=", self.id)
        partners = self.sudo().with_context(active_test=False)
        return bool(partners.search_count(domain, limit=1))

    @api.model
    def _get_contactable_domain(self, channel, purpose):
        """The persons who may be contacted, for jobs: see ``_may_contact``.

        Others add what speaks against it besides consent.
        """
        return self._get_consent_domain(channel, purpose)

    @api.model
    def _get_consent_domain(self, channel, purpose):
        """The persons who want to be contacted, or have to be.

        Nobody is contacted whose processing is restricted or who withdrew. Where the
        branch advertises with consent only, nobody is who was not asked.
        """
        return ~Domain.OR(self._get_consent_refusals(channel, purpose).values())

    @api.model
    def _get_consent_refusals(self, channel, purpose):
        """Who is left out for his consent: dict key of the reason → Domain."""
        consents = self.env["dealer.consent"]
        withdrawn = consents._get_withdrawn_domain((channel,), purpose)
        refusals = {
            "restricted": Domain("is_restricted", "=", True),
            "withdrawn": Domain("consent_ids", "any", withdrawn),
        }
        if purpose == "marketing" and self.env.company.sudo().is_consent_needed:
            given = (
                Domain("channel", "=", channel)
                & Domain("purpose", "=", purpose)
                & Domain("vehicle_id", "=", False)
                & Domain("is_current", "=", True)
                & Domain("state", "=", "given")
            )
            refusals["not_asked"] = Domain("consent_ids", "not any", given)
        return refusals

    def _note_consent(
        self, channels, purposes, state, source, note=False, vehicle=None
    ):
        """Note the same answer for several channels and purposes.

        :return: the new dealer.consent lines
        """
        return self.env["dealer.consent"].create(
            [
                {
                    "partner_id": partner.id,
                    "channel": channel,
                    "purpose": purpose,
                    "state": state,
                    "source": source,
                    "note": note,
                    "vehicle_id": vehicle.id if vehicle else False,
                }
                for partner in self
                for channel in channels
                for purpose in purposes
            ]
        )

    def _merge_consents(self, others):
        """Before files become one: who said no in one of them said no."""
        self.ensure_one()
        lines = self.env["dealer.consent"].sudo()
        lines = lines.search(
            [("partner_id", "in", (self | others).ids), ("is_current", "=", True)]
        )
        states = {}
        for line in lines:
            known = states.setdefault(line._get_key(), line.state)
            if "withdrawn" in (known, line.state):
                states[line._get_key()] = "withdrawn"
        mine = lines.filtered(lambda line: line.partner_id == self)
        (lines - mine).write({"is_current": False})
        said = {line._get_key(): line.state for line in mine}
        for key, state in states.items():
            if said.get(key) != state:
                channel, purpose, vehicle = key
                self.sudo()._note_consent(
                    [channel], [purpose], state, "merge", vehicle=vehicle
                )

    def _after_consent_change(self):
        """Hook: what is planned follows the person's new answer."""

    def action_change_consent(self):
        """Note what the person allows or withdraws."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Consent"),
            "res_model": "dealer.consent.change",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    def action_view_consents(self):
        """Who said what, when: all lines of the person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_consent_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {}
        return action
