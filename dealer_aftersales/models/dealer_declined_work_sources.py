# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

EXPIRE = """
    UPDATE dealer_declined_work
       SET state = 'expired', write_date = now() AT TIME ZONE 'UTC', write_uid = %s
     WHERE company_id = %s AND state = 'open' AND date_expiry < %s
       AND labor_id IS NULL AND move_id IS NULL
"""


class DealerDeclinedWork(models.Model):
    """Where declined work comes from, and how it ends."""

    _inherit = "dealer.declined.work"

    @api.model
    def _note_findings(self, lines):
        """A finding the customer declined is entered once."""
        known = self.sudo().search([("inspection_line_id", "in", lines.ids)])
        wanted = lines - known.inspection_line_id
        self.sudo().create([self._prepare_finding(line) for line in wanted])
        # The customer changed his mind twice.
        known.filtered(lambda work: work.state == "withdrawn").write(
            {"state": "open", "reason": False}
        )

    @api.model
    def _prepare_finding(self, line):
        repair, labor = line.sudo().repair_id, line.sudo().labor_id
        product = labor.product_id or line.product_id
        quantity = labor.hours or product.sudo().labor_hours or (1.0 if product else 0)
        amount = labor.amount
        if product and not labor:
            amount = repair._get_service_price(product) * quantity
        return {
            **self._prepare_from_repair(repair),
            "name": line._get_finding_text(),
            "product_id": product.id,
            "quantity": quantity,
            "amount": amount,
            "inspection_line_id": line.id,
        }

    @api.model
    def _prepare_from_repair(self, repair):
        return {
            "vehicle_id": repair.vehicle_id.id,
            "repair_id": repair.id,
            "partner_id": repair.partner_id.id,
            "company_id": repair.company_id.id,
            "advisor_id": repair.advisor_id.id,
            "date": repair.company_id._get_dealer_today(),
            "odometer": repair.odometer_in,
        }

    @api.model
    def _forget_findings(self, lines):
        """The customer wants it after all: the entry of the same visit goes."""
        works = self.sudo().search(
            [("inspection_line_id", "in", lines.ids), ("state", "=", "open")]
        )
        works.write({"state": "withdrawn", "reason": self.env._("Accepted after all")})

    @api.model
    def _note_estimate_lines(self, repair, lines):
        """Lines of an estimate the customer declined.

        Work that was taken over from the ledger is still there and gets no second
        entry.
        """
        ledger = self.sudo()
        known = ledger.search(
            [
                ("state", "=", "open"),
                "|",
                ("labor_id", "in", lines.labor_id.ids),
                ("move_id", "in", lines.move_id.ids),
            ]
        )
        findings = repair.sudo().finding_ids.filtered("labor_id")
        by_labor = {finding.labor_id: finding for finding in findings}
        new = lines.filtered(
            lambda line: not (
                (line.labor_id and line.labor_id in known.labor_id)
                or (line.move_id and line.move_id in known.move_id)
            )
        )
        ledger.create(
            [
                self._prepare_estimate_line(repair, line, by_labor.get(line.labor_id))
                for line in new
            ]
        )
        known.write({"labor_id": False, "move_id": False, "taken_repair_id": False})
        declined = [f for labor, f in by_labor.items() if labor in lines.labor_id]
        findings.browse([f.id for f in declined]).write({"decision": "declined"})

    @api.model
    def _prepare_estimate_line(self, repair, line, finding):
        product = line.labor_id.product_id or line.move_id.product_id
        return {
            **self._prepare_from_repair(repair.sudo()),
            "name": line.name,
            "kind": line.kind,
            "product_id": product.id,
            "quantity": line.quantity,
            "amount": line.amount,
            "inspection_line_id": finding.id if finding else False,
        }

    def _take_over(self, repair):
        """Put the work or the part on an order; it is done when that is delivered."""
        self.ensure_one()
        values = {"taken_repair_id": repair.id}
        if self.kind == "part" and self.product_id:
            values["move_id"] = repair._add_declined_part(self).id
        else:
            product = self.product_id
            labor = repair._add_labor(
                name=self.name,
                product=product or None,
                hours=self.quantity or None,
                kind="fee" if self.kind == "fee" else None,
            )
            if not product and self.amount and labor.hours:
                # No catalog price of today: the one that the customer was told.
                labor.sudo().price_unit = self.amount / labor.hours
            values["labor_id"] = labor.id
        self.sudo().write(values)

    @api.model
    def _close_delivered(self, repairs):
        """What these orders took over is done now, where it is still on them."""
        works = self.sudo().search(
            [("state", "=", "open"), ("taken_repair_id", "in", repairs.ids)]
        )
        for repair, taken in works.grouped("taken_repair_id").items():
            on_order = taken.filtered(lambda work: work.labor_id or work.move_id)
            on_order.write({"state": "done", "done_repair_id": repair.id})

    @api.model
    def _reopen_undelivered(self, repairs):
        """A delivery that is taken back, or an order that is cancelled."""
        works = self.sudo().search([("taken_repair_id", "in", repairs.ids)])
        works.filtered(lambda work: work.state == "done").write(
            {"state": "open", "done_repair_id": False}
        )

    @api.model
    def _cron_expire(self):
        """Nobody is reminded for ever: past its end, work is offered no more."""
        cron = self.env["ir.cron"]
        branches = self.env["res.company"]._get_all_branches()
        for left, company in zip(range(len(branches), 0, -1), branches, strict=True):
            with reported("Expiry of declined work", company):
                self._expire(company)
            if not cron._commit_progress(1, remaining=left - 1):
                return

    @api.model
    def _expire(self, company):
        """:return: how many entries of the branch expired"""
        names = ["state", "date_expiry", "company_id", "labor_id", "move_id"]
        self.flush_model(names)
        self.env.cr.execute(
            SQL(EXPIRE, self.env.uid, company.id, company._get_dealer_today())
        )
        self.invalidate_model(["state"])
        return self.env.cr.rowcount
