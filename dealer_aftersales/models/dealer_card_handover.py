# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import run_each
from odoo.exceptions import AccessError, UserError

REMINDER = "dealer_aftersales.mail_activity_type_card_handover"
CARD_REPORT = "dealer_crm.action_report_negotiation_card_full"
BATCH = 20


class DealerCardHandover(models.Model):
    """The negotiation card goes to the service after the first maintenance.

    Seed 004: 《客户洽谈卡》信息在顾客首次保养后复印并转交售后服务部门. The delivery
    of that maintenance makes it, once per car; the receiver confirms and then has
    the car.
    """

    _name = "dealer.card.handover"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Card Handover"
    _order = "state desc, date desc, id desc"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, readonly=True, ondelete="cascade"
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    # kept: the card is this person's, also after the car was sold on
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="set null"
    )
    repair_id = fields.Many2one(
        "repair.order",
        "First Maintenance",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    lead_id = fields.Many2one(
        "crm.lead", "Card of", readonly=True, index=True, ondelete="set null"
    )
    attachment_id = fields.Many2one(
        "ir.attachment", "Card (PDF)", readonly=True, ondelete="set null"
    )
    from_user_id = fields.Many2one(
        "res.users", "Handed over by", readonly=True, index=True
    )
    to_user_id = fields.Many2one("res.users", "Service Advisor", index=True)
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, readonly=True, index=True
    )
    date = fields.Datetime("Handed over on", readonly=True)
    state = fields.Selection(
        [("pending", "Pending"), ("confirmed", "Confirmed")],
        default="pending",
        required=True,
        readonly=True,
    )
    date_confirmed = fields.Datetime("Confirmed on", readonly=True)
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", readonly=True)
    may_confirm = fields.Boolean(compute="_compute_may_confirm")

    _vehicle_uniq = models.UniqueIndex(
        "(vehicle_id)", "Vehicle: its card was handed over already."
    )
    _no_card_idx = models.Index(
        "(id) WHERE attachment_id IS NULL AND lead_id IS NOT NULL"
    )

    @api.depends("state", "to_user_id")
    @api.depends_context("uid")
    def _compute_may_confirm(self):
        for handover in self:
            pending = handover.state == "pending"
            handover.may_confirm = pending and handover._is_receiver()

    def _is_receiver(self):
        """Who gets the card, or the manager in his place."""
        manager = "dealer_aftersales.group_service_manager"
        user = self.env.user
        return self.env.su or user == self.to_user_id or user.has_group(manager)

    def write(self, vals):
        """Only the receiver may be changed by hand, and only before he confirmed.

        :raises AccessError: for everything else
        """
        if not self.env.su:
            if vals.keys() - {"to_user_id", "activity_ids"}:
                raise AccessError(
                    self.env._("Card handovers are made and closed by the system.")
                )
            if "to_user_id" in vals and "confirmed" in self.mapped("state"):
                raise UserError(
                    self.env._("Service Advisor: the card is confirmed already.")
                )
        result = super().write(vals)
        if vals.get("to_user_id"):
            self.sudo()._remind_receiver()
        return result

    def action_confirm(self):
        """The receiver has the card: date and name, and the car is his.

        :raises AccessError: for others than the receiver and the manager
        """
        self.check_access("read")
        for handover in self.filtered(lambda h: h.state == "pending"):
            if not handover._is_receiver():
                raise AccessError(
                    self.env._(
                        "Only %(name)s or the service manager confirms this card.",
                        name=handover.to_user_id.sudo().name or "–",
                    )
                )
            handover.sudo()._confirm(self.env.user)
        return True

    def _confirm(self, user):
        """:param user: who confirms; the car's advisor where nobody else is named"""
        if not self.attachment_id:
            run_each(self, "Card handover", type(self)._attach_card)
        receiver = self.to_user_id or user
        self.write(
            {
                "state": "confirmed",
                "date_confirmed": fields.Datetime.now(),
                "confirmed_by_id": user.id,
                "to_user_id": receiver.id,
            }
        )
        self.vehicle_id.advisor_id = receiver
        self.activity_feedback([REMINDER])

    def action_print_card(self):
        """The card as it was handed over.

        :raises UserError: when there is none
        """
        self.ensure_one()
        self.check_access("read")
        handover = self.sudo()
        if not handover.attachment_id and handover.lead_id:
            handover._attach_card()
        if not handover.attachment_id:
            raise UserError(
                self.env._("No sale of this car is on file here: there is no card.")
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{handover.attachment_id.id}?download=true",
        }

    def _attach_card(self):
        """Print the cards and keep them with the handovers."""
        for handover in self.filtered(lambda h: h.lead_id and not h.attachment_id):
            receiver = handover.to_user_id
            lang = receiver.lang or handover.company_id.partner_id.lang
            report = self.env["ir.actions.report"].with_context(lang=lang)
            content, _kind = report._render_qweb_pdf(CARD_REPORT, handover.lead_id.ids)
            name = handover.license_plate or handover.vehicle_id.display_name
            handover.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": f"{name}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": handover.id,
                }
            )

    def _remind_receiver(self):
        """One to-do for whoever is to confirm."""
        pending = self.filtered(lambda h: h.state == "pending")
        pending.activity_unlink([REMINDER])
        for handover in pending.filtered("to_user_id"):
            handover.activity_schedule(
                REMINDER,
                date_deadline=handover.company_id._get_dealer_today(),
                user_id=handover.to_user_id.id,
                automated=True,
            )

    @api.model
    def _cron_attach_cards(self):
        """Print what the deliveries left; a bad card stops no other."""
        domain = [("attachment_id", "=", False), ("lead_id", "!=", False)]
        waiting = self.search(domain, order="id")
        for start in range(0, len(waiting), BATCH):
            part = waiting[start : start + BATCH]
            run_each(part, "Card handover", type(self)._attach_card)
            if not self.env["ir.cron"]._commit_progress(len(part)):
                return
