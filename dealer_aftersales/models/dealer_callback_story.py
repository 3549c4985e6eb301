# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

LINES_SHOWN = 5
#: A service that is due later is no reason to talk about it today.
DAYS_AHEAD = 60


class DealerCallback(models.Model):
    """What a caller must know before he dials: one short list each.

    The texts are read with all rights, because who may call must know the story; they
    name what is open and nothing of amounts or personal numbers.
    """

    _inherit = "dealer.callback"

    repair_bringer_id = fields.Many2one(
        related="repair_id.bringer_id", string="Brought by"
    )
    vehicle_owner_id = fields.Many2one(
        related="vehicle_id.owner_id", string="Owner of the Car"
    )
    is_owner_other = fields.Boolean(compute="_compute_is_owner_other")
    repair_work = fields.Char("Work done", compute="_compute_repair_story")
    repair_parts = fields.Char("Parts", compute="_compute_repair_story")
    open_points = fields.Html(
        "Still open", compute="_compute_open_points", sanitize=False
    )
    history = fields.Html("Last Contacts", compute="_compute_history", sanitize=False)

    @api.depends("partner_id", "vehicle_id.owner_id")
    def _compute_is_owner_other(self):
        for callback in self:
            owner = callback.sudo().vehicle_id.owner_id
            callback.is_owner_other = bool(owner and owner != callback.partner_id)

    @api.depends("repair_id")
    def _compute_repair_story(self):
        for callback in self:
            repair = callback.sudo().repair_id
            callback.repair_work = repair.work_summary or False
            callback.repair_parts = repair and repair._get_parts_text() or False

    @api.depends("partner_id", "vehicle_id")
    @api.depends_context("lang")
    def _compute_open_points(self):
        for callback in self:
            callback.open_points = self._format_points(callback._get_open_points())

    def _get_open_points(self):
        """Texts of what is open for this customer and car; other files add theirs."""
        self.ensure_one()
        return [
            *self._get_complaint_points(),
            *self._get_recall_points(),
            *self._get_declined_points(),
            *self._get_due_points(),
        ]

    def _get_complaint_points(self):
        complaints = (
            self.env["dealer.complaint"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("state", "not in", ("closed", "withdrawn")),
                ],
                limit=LINES_SHOWN,
            )
        )
        return [
            self.env._(
                "Open complaint %(number)s of %(date)s",
                number=complaint.name,
                date=format_date(
                    self.env, complaint._get_branch_day(complaint.date_received)
                ),
            )
            for complaint in complaints
        ]

    def _get_recall_points(self):
        return [
            self.env._("Open recall: %(recall)s", recall=line.recall_id.name)
            for line in self.sudo().vehicle_id._get_open_recalls()[:LINES_SHOWN]
        ]

    def _get_declined_points(self):
        declined = (
            self.env["dealer.declined.work"]
            .sudo()
            .search(
                [("vehicle_id", "in", self.vehicle_id.ids), ("state", "=", "open")],
                limit=LINES_SHOWN,
            )
        )
        return [
            self.env._(
                "Declined on %(date)s: %(work)s",
                date=format_date(self.env, work.date),
                work=work.name,
            )
            for work in declined
        ]

    def _get_due_points(self):
        due = (
            self.env["dealer.maintenance.due"]
            .sudo()
            .search(
                [
                    ("vehicle_id", "in", self.vehicle_id.ids),
                    ("state", "=", "open"),
                    ("date_due", "<=", self._get_due_horizon()),
                ],
                order="date_due desc, id",
                limit=LINES_SHOWN,
            )
        )
        return [
            self.env._(
                "Due %(date)s: %(item)s",
                date=format_date(self.env, row.date_due),
                item=row.line_id.display_name,
            )
            for row in due
        ]

    def _get_due_horizon(self):
        company = self.company_id or self.env.company
        return company._get_dealer_today() + timedelta(days=DAYS_AHEAD)

    @api.depends("partner_id", "contact_ids")
    @api.depends_context("lang", "tz")
    def _compute_history(self):
        for callback in self:
            callback.history = self._format_points(callback._get_history())

    def _get_history(self):
        """The last contacts with the customer the user may read, newest first."""
        self.ensure_one()
        contacts = self.env["dealer.contact"]
        if not self.partner_id or not contacts.has_access("read"):
            return []
        contacts = contacts.search(
            [("partner_id", "=", self.partner_id.id)],
            order="date desc, id desc",
            limit=LINES_SHOWN,
        )
        channels = dict(contacts._fields["channel"]._description_selection(self.env))
        outcomes = dict(contacts._fields["outcome"]._description_selection(self.env))
        return [
            " · ".join(
                filter(
                    None,
                    [
                        format_datetime(self.env, contact.date, dt_format="short"),
                        channels.get(contact.channel),
                        outcomes.get(contact.outcome),
                        contact.content,
                    ],
                )
            )
            for contact in contacts
        ]

    @api.model
    def _format_points(self, points):
        """An escaped list, or False."""
        if not points:
            return False
        lines = Markup().join(Markup("<li>%s</li>") % point for point in points)
        return Markup('<ul class="mb-0 ps-3">%s</ul>') % lines
