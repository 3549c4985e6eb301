# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

STRENGTHS = [("1", "Some"), ("2", "Clear"), ("3", "Strong")]


class DealerInterest(models.Model):
    """A model or a topic that a person is interested in, and where we know it from.

    Entered by staff or imported from a list (answers of an event, a platform's
    export). Nothing is tracked: what people look at on a website is their business.
    """

    _name = "dealer.interest"
    _description = "Interest of a Customer"
    _order = "strength desc, date desc, id desc"
    _rec_name = "subject"

    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="cascade")
    vehicle_model_id = fields.Many2one(
        "fleet.vehicle.model", "Model", index="btree_not_null", ondelete="cascade"
    )
    topic = fields.Char(help="E.g. electric driving, children's seats, a test weekend.")
    subject = fields.Char(compute="_compute_subject")
    person = fields.Char(compute="_compute_person")
    strength = fields.Selection(STRENGTHS, required=True, default="2")
    date = fields.Date("Known since", required=True, default=fields.Date.context_today)
    origin = fields.Selection(
        [
            ("entered", "Entered by hand"),
            ("imported", "Imported"),
            ("form", "Web Form"),
            ("event", "Event"),
        ],
        "Known from",
        required=True,
        default=lambda self: (
            "imported" if self.env.context.get("import_file") else "entered"
        ),
    )
    note = fields.Char("Remark")
    user_id = fields.Many2one(
        "res.users", "Entered by", readonly=True, default=lambda self: self.env.user
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.depends("vehicle_model_id", "topic")
    def _compute_subject(self):
        for interest in self:
            parts = [interest.vehicle_model_id.display_name, interest.topic]
            interest.subject = " · ".join(filter(None, parts))

    @api.depends("partner_id.name", "lead_id.contact_name", "lead_id.name")
    def _compute_person(self):
        for interest in self:
            lead = interest.lead_id.sudo()
            interest.person = interest.partner_id.name or lead.contact_name or lead.name

    @api.constrains("partner_id", "lead_id")
    def _check_person(self):
        for interest in self:
            if not interest.partner_id and not interest.lead_id:
                raise ValidationError(
                    self.env._("Customer, Lead: say whose interest it is.")
                )

    @api.constrains("vehicle_model_id", "topic")
    def _check_subject(self):
        for interest in self:
            if not interest.vehicle_model_id and not interest.topic:
                raise ValidationError(
                    self.env._("Model, Topic: say what the interest is in.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        leads = self.env["crm.lead"]
        for vals in vals_list:
            if vals.get("lead_id") and not vals.get("partner_id"):
                partner = leads.browse(vals["lead_id"]).partner_id
                vals["partner_id"] = partner.id
        interests = super().create(vals_list)
        interests._check_references()
        return interests

    def write(self, vals):
        result = super().write(vals)
        if {"partner_id", "lead_id"} & vals.keys():
            self._check_references()
        return result

    def _check_references(self):
        """:raises AccessError: a person or lead that the user may not read"""
        if self.env.su:
            return
        for name in ("partner_id", "lead_id"):
            self.sudo()[name].sudo(False).check_access("read")

    @api.model
    def _get_interested(self, vehicle_model, limit=None):
        """Interests in a model, the strongest and newest first: whom to tell of it."""
        return self.search([("vehicle_model_id", "in", vehicle_model.ids)], limit=limit)

    def action_open_person(self):
        """The customer's file, or the lead of one who has none."""
        self.ensure_one()
        record = self.partner_id or self.lead_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(record.get_formview_id(), "form")],
        }
