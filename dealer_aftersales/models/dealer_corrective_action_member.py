# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerCorrectiveActionMember(models.Model):
    """Who draws a measure up together, and as what.

    Seed 003: 业务经理/服务经理、服务顾问、客户关系顾问、技术专家等相关人员共同完成.
    """

    _name = "dealer.corrective.action.member"
    _description = "Participant of a Measure"
    _order = "role, id"
    _rec_name = "partner_id"

    action_id = fields.Many2one(
        "dealer.corrective.action",
        "Measure",
        required=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one("res.users", index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index=True,
        ondelete="restrict",
        help="For somebody without a user, such as the maker's technical expert.",
    )
    role = fields.Selection(
        [
            ("service_manager", "Service Manager"),
            ("service_advisor", "Service Advisor"),
            ("customer_relations", "Customer Relations Consultant"),
            ("technical_expert", "Technical Expert"),
            ("other", "Other"),
        ],
        required=True,
        default="service_advisor",
    )

    _person_uniq = models.UniqueIndex(
        "(action_id, partner_id)", "Each participant stands once on a measure."
    )

    @api.depends("user_id")
    def _compute_partner_id(self):
        for member in self.filtered("user_id"):
            member.partner_id = member.user_id.partner_id

    @api.constrains("partner_id")
    def _check_partner_id(self):
        if any(not member.partner_id for member in self):
            raise ValidationError(
                self.env._("Participant: choose a user, or a person without one.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        if not self.env.context.get("dealer_measure_new"):
            members.action_id._follow_persons()
        return members

    def write(self, vals):
        result = super().write(vals)
        self.action_id._follow_persons()
        return result

    def unlink(self):
        actions, partners = self.action_id, self.partner_id
        result = super().unlink()
        for action in actions.exists().sudo():
            kept = (action.responsible_id | action.supervisor_id).partner_id
            kept |= action.member_ids.partner_id
            action.message_unsubscribe((partners - kept).ids)
        return result
