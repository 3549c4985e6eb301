# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported, run_each
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

# Yesterday's visits that nobody received: one statement for the branch.
MARK_NO_SHOW = """
    UPDATE dealer_appointment
       SET state = 'no_show', write_date = now() at time zone 'UTC'
     WHERE company_id = %s AND state = 'booked' AND date_start < %s
 RETURNING id
"""


class DealerAppointment(models.Model):
    """What becomes of a booked visit: an order, a no-show, a new date."""

    _inherit = "dealer.appointment"

    def action_book(self):
        """Agree on the time with the customer: the visit gets bay and advisor."""
        self._check_state("requested")
        self._book()
        return True

    def action_prepare_order(self):
        """Make the order before the car comes, so that parts can be got ready.

        :return: the action that opens the order
        """
        self.ensure_one()
        self._check_state("requested", "booked")
        self._make_repair("appointment")
        return self.action_open_repair()

    def action_arrive(self):
        """The car is here: its repair order is open, with all that was agreed.

        Also for one that comes late, or comes without waiting for an answer.

        :return: the action that opens the order
        """
        self._check_state("requested", "booked", "no_show")
        now = fields.Datetime.now()
        for visit in self:
            repair = visit.sudo().repair_id
            if repair.service_state == "appointment":
                repair.write({"service_state": "received", "date_in": now})
            elif not repair or repair.state == "cancel":
                visit._make_repair("received")
            values = {"state": "arrived", "date_arrived": now}
            if not visit.date_start:
                values["date_start"] = now
            visit.sudo().write(values)
        return self.action_open_repair() if len(self) == 1 else True

    def action_undo_arrival(self):
        """The arrival was a mistake: the order that nobody worked on is cancelled."""
        self._check_state("arrived")
        for visit in self:
            repair = visit.sudo().repair_id
            if repair.service_state not in (False, "received", "cancelled"):
                raise UserError(
                    self.env._(
                        "Order %(order)s has gone on: it cannot be taken back.",
                        order=repair.name,
                    )
                )
            repair.filtered(lambda r: r.state != "cancel").action_repair_cancel()
        self.sudo().write({"state": "booked", "date_arrived": False})
        return True

    def action_no_show(self):
        """The customer did not come; what was prepared is cancelled."""
        self._check_state("booked")
        now = fields.Datetime.now()
        if not self.env.su and any(visit.date_start > now for visit in self):
            raise UserError(self.env._("No-show: the time has not come yet."))
        self.sudo().write({"state": "no_show"})
        self._leave_plan()
        return True

    def action_rebook(self):
        """Ask for a new date with everything that was agreed."""
        self.ensure_one()
        self._check_state("no_show", "cancelled")
        again = self.sudo().copy({"rebooked_from_id": self.id, "callback_id": False})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": again.id,
            "views": [(False, "form")],
        }

    def action_cancel(self):
        """Ask for the reason; the place is free after that."""
        self.ensure_one()
        self._check_state("requested", "booked")
        view = self.env.ref("dealer_aftersales.dealer_appointment_view_form_cancel")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel Appointment"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_confirm_cancel(self):
        """Cancel with the reason that was entered."""
        self.ensure_one()
        self._cancel(self.cancel_reason)
        return {"type": "ir.actions.act_window_close"}

    def _cancel(self, reason):
        """Take the visits off the plan.

        :param str reason: the customer's words or the workshop's
        :raises UserError: without a reason, or where the visit is over
        """
        self._check_state("requested", "booked")
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: why is the visit cancelled?"))
        self.sudo().write({"state": "cancelled", "cancel_reason": reason.strip()})
        self._leave_plan()

    def _check_state(self, *states):
        """:raises UserError: naming a visit that is beyond this step"""
        self.check_access("write")
        for visit in self:
            if visit.state not in states:
                raise UserError(
                    self.env._(
                        "%(visit)s is %(state)s: this is not possible any more.",
                        visit=visit.display_name,
                        state=visit.partner_id._get_choice(visit, "state"),
                    )
                )

    def action_open_repair(self):
        """The repair order of the visit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "repair.order",
            "res_id": self.sudo().repair_id.id,
            "views": [(False, "form")],
        }

    def _make_repair(self, state):
        """The order of this visit; made for whoever receives, also the front desk.

        :param state: ``service_state`` in which it begins
        """
        self.ensure_one()
        repairs = self.env["repair.order"].sudo().with_company(self.company_id)
        values = self._prepare_repair_values()
        if state == "appointment":
            values["service_state"] = state
        self.sudo().repair_id = repairs.create(values)

    def _prepare_repair_values(self):
        """The order is for the owner; another one who booked brings the car."""
        self.ensure_one()
        owner = self.vehicle_id.sudo().owner_id
        lines = [line.strip() for line in (self.request or "").splitlines()]
        advisor = self.advisor_id or self.env["repair.order"]._get_default_advisor()
        return {
            "vehicle_id": self.vehicle_id.id,
            "partner_id": (owner or self.partner_id).id,
            "bringer_id": (self.partner_id - owner).id if owner else False,
            "company_id": self.company_id.id,
            "service_kind": self.service_kind,
            "advisor_id": advisor and advisor.id,
            "date_promised": self.date_promised,
            "concern_ids": [Command.create({"name": line}) for line in lines if line],
        }

    def _leave_plan(self):
        """Take back what was prepared for visits that do not take place."""
        repairs = self.sudo().repair_id
        prepared = repairs.filtered(lambda r: r.service_state == "appointment")
        prepared.action_repair_cancel()
        self._sync_events()

    @api.model
    def _cron_mark_no_shows(self):
        """Visits of past days that nobody received are no-shows, branch by branch."""
        cron = self.env["ir.cron"]
        branches = self.env["res.company"]._get_all_branches()
        cron._commit_progress(remaining=len(branches))
        for company in branches:
            with reported("No-shows", company):
                self._mark_no_shows(company)
            if not cron._commit_progress(1):
                return

    @api.model
    def _mark_no_shows(self, company):
        """:return: the visits of the branch that were marked now"""
        limit = company._get_dealer_day_start(company._get_dealer_today())
        self.flush_model(["state", "date_start", "company_id"])
        rows = self.env.execute_query(SQL(MARK_NO_SHOW, company.id, limit))
        missed = self.browse(row[0] for row in rows)
        missed.invalidate_recordset(["state"], flush=False)
        run_each(missed, "No-show", lambda visits: visits._leave_plan())
        return missed
