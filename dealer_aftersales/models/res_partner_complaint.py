# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.complaint import FEEDBACK_KINDS
from .dealer_complaint import OPEN_STATES

STAFF = "dealer_crm.group_dealer_user"
LINES_SHOWN = 10


class ResPartner(models.Model):
    """An open complaint is a problem of the customer: nobody sells him anything now.

    (LEAD-24, SVC-08: 问题还没有解决,如何又来上门推销)
    """

    _inherit = "res.partner"

    complaint_count = fields.Integer(compute="_compute_complaint_count", groups=STAFF)

    def _compute_complaint_count(self):
        fill_counter(self, "complaint_count", "dealer.complaint", "partner_id")

    def action_open_complaint(self):
        """A new complaint of this customer."""
        self.ensure_one()
        return self.env["dealer.complaint"]._get_entry_action({"partner_id": self.id})

    def action_view_complaints(self):
        """All that this customer complained of or suggested."""
        self.ensure_one()
        return self.env["dealer.complaint"]._get_list_action(
            [("partner_id", "=", self.id)], {"partner_id": self.id}
        )

    def _get_open_complaints(self):
        """Open complaints of these persons and about their cars, by person.

        Asked with all rights, a constant number of queries; mere suggestions are none.

        :return: dict partner id → ``dealer.complaint``, oldest first
        """
        found = defaultdict(self.env["dealer.complaint"].sudo().browse)
        if not self.ids:
            return found
        complaints = self.env["dealer.complaint"].sudo()
        complaints = complaints.search_fetch(
            complaints._get_problem_domain()
            & (
                Domain("partner_id", "in", self.ids)
                | Domain("vehicle_id.owner_id", "in", self.ids)
            ),
            ["name", "partner_id", "vehicle_id", "date_received", "company_id"],
            order="date_received, id",
        )
        for complaint in complaints:
            for partner in complaint.partner_id | complaint.vehicle_id.owner_id:
                if partner.id in self._ids:
                    found[partner.id] |= complaint
        return found

    def _get_open_complaint_texts(self):
        """One line per open complaint and person: dict partner id → list of texts."""
        return {
            key: [c.with_env(self.env)._get_problem_text() for c in complaints]
            for key, complaints in self._get_open_complaints().items()
        }

    def _get_open_problems(self):
        problems = super()._get_open_problems()
        for key, texts in self._get_open_complaint_texts().items():
            problems[key] = texts + problems.get(key, [])
        return problems

    @api.model
    def _get_complaint_domain(self):
        """Twin of ``_get_open_complaints`` for jobs: no greeting, no advertising."""
        complaints = self.env["dealer.complaint"].sudo()
        open_ones = complaints._get_problem_domain()
        cars = self.env["fleet.vehicle"].sudo().with_context(active_test=False)
        # No car without owner: one NULL among them would stop every advertising.
        cars = cars._search(
            Domain("id", "in", complaints._search(open_ones).subselect("vehicle_id"))
            & Domain("owner_id", "!=", False)
        )
        return (
            super()._get_complaint_domain()
            | Domain("id", "in", complaints._search(open_ones).subselect("partner_id"))
            | Domain("id", "in", cars.subselect("owner_id"))
        )

    @api.model
    def _get_open_problem_domain(self):
        return super()._get_open_problem_domain() | self._get_complaint_domain()

    def _get_desk_now(self, vehicle=None):
        """The first line of all: what the customer is angry about."""
        return self._get_complaint_lines(vehicle) + super()._get_desk_now(vehicle)

    def _get_complaint_lines(self, vehicle):
        """All learn that there is a complaint; what it is, those who may read it."""
        cars = vehicle.ids if vehicle else []
        complaints = self.env["dealer.complaint"].sudo()
        complaints = complaints.search(
            Domain("state", "in", OPEN_STATES)
            & (Domain("partner_id", "in", self.ids) | Domain("vehicle_id", "in", cars)),
            order="date_received, id",
            limit=LINES_SHOWN,
        ).with_env(self.env)
        readable = complaints._filtered_access("read")
        return [
            self._line(
                "info" if complaint.is_feedback else "danger",
                "fa-lightbulb-o" if complaint.is_feedback else "fa-frown-o",
                complaint._get_desk_text(),
                complaint,
            )
            if complaint in readable
            else self._line("danger", "fa-frown-o", complaint._get_problem_text())
            for complaint in complaints
            if complaint in readable or not complaint.sudo().is_feedback
        ]

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.complaint",
                "domain": [("partner_id", "=", self.id)],
                "fields": [
                    "name",
                    "date_received",
                    "kind",
                    "content",
                    "answer",
                    "remedy",
                    "state",
                ],
            },
        ]

    def _empty_ledger(self):
        """That there was a complaint stays, with its cause; the words go."""
        result = super()._empty_ledger()
        complaints = self.env["dealer.complaint"].sudo()
        complaints = complaints.search([("partner_id", "=", self.id)])
        complaints.write(complaints._get_anonymous_values())
        self._delete_history_of(complaints)
        complaints.log_ids.write({"reason": False})
        calls = self.env["dealer.callback"].sudo()
        calls = calls.search([("partner_id", "=", self.id)])
        calls.write({"complaint_content": False})
        return result


class DealerComplaint(models.Model):
    _inherit = "dealer.complaint"

    _open_partner_idx = models.Index(f"(partner_id) WHERE state IN {OPEN_STATES}")

    @api.model
    def _get_problem_domain(self):
        """Complaints that are not over; suggestions trouble nobody's sale."""
        return Domain("state", "in", OPEN_STATES) & Domain(
            "kind", "not in", list(FEEDBACK_KINDS)
        )

    def _get_desk_text(self):
        """Kind, number and first words."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(kind)s %(number)s: %(what)s",
            kind=kinds.get(self.kind, ""),
            number=self.name,
            what=self.summary,
        )

    def _get_problem_text(self):
        """One line for everybody: that there is one and since when, no more."""
        complaint = self.sudo()
        return self.env._(
            "Complaint %(number)s of %(date)s is not settled.",
            number=complaint.name,
            date=format_date(
                self.env, complaint._get_branch_day(complaint.date_received)
            ),
        )

    @api.model
    def _get_anonymous_values(self):
        """What goes when the customer is forgotten."""
        words = (
            "answer",
            "investigation",
            "cause_text",
            "proposal",
            "remedy",
            "work_done",
            "confirmed_by",
            "unconfirmed_reason",
            "withdraw_reason",
        )
        return {**dict.fromkeys(words, False), "content": "–"}
