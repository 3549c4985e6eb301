# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

#: Set by the system only.
SYSTEM_FIELDS = frozenset({"state", "date_sent", "user_id", "last_error", "line_ids"})
CONSENT_CHANNELS = {"letter": "post", "email": "email", "sms": "sms", "phone": "call"}
CHUNK = 5000

INSERT_LINES = """
    INSERT INTO dealer_push_line (
           push_id, partner_id, reason, state,
           create_uid, create_date, write_uid, write_date)
    SELECT %(push)s, s.partner_id, s.reason,
           CASE WHEN s.reason IS NULL THEN 'waiting' ELSE 'left_out' END,
           %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(partners)s::int[], %(reasons)s::text[]) AS s(partner_id, reason)
    ON CONFLICT (push_id, partner_id) DO NOTHING
"""


class DealerPush(models.Model):
    """One message to a group: who gets it, who is left out and why, then it is sent.

    The group is a segment or a list of customers; consent and the contact governor
    decide again for each person at the moment of sending. What was sent is never
    taken back, so a sent push does not change any more.
    """

    _name = "dealer.push"
    _description = "Targeted Push"
    _order = "id desc"

    name = fields.Char(required=True)
    segment_id = fields.Many2one("dealer.segment", ondelete="restrict")
    partner_ids = fields.Many2many(
        "res.partner", string="Customers", help="Instead of a segment, or added to it."
    )
    channel = fields.Selection(
        [
            ("letter", "Letter"),
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("phone", "Phone"),
        ],
        required=True,
        default="letter",
    )
    purpose = fields.Selection(
        [("marketing", "Advertising"), ("care", "Customer Care")],
        required=True,
        default="marketing",
    )
    template_id = fields.Many2one(
        "mail.template",
        "Letter",
        ondelete="restrict",
        domain="[('dealer_kind', '!=', False), ('model', '=', 'res.partner')]",
        help="The text that is printed or sent; for calls not needed.",
    )
    campaign_id = fields.Many2one(
        "utm.campaign",
        ondelete="restrict",
        help="Talks, leads and orders that follow are counted for it.",
    )
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, default=lambda self: self.env.user
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("sending", "Being sent"), ("sent", "Sent")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    date_sent = fields.Datetime("Sent on", readonly=True, copy=False)
    last_error = fields.Char(readonly=True, copy=False)
    line_ids = fields.One2many("dealer.push.line", "push_id", "Persons", copy=False)
    recipient_count = fields.Integer("Recipients", compute="_compute_counts")
    left_count = fields.Integer("Left out", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    left_reasons = fields.Text("Why left out", compute="_compute_counts")

    @api.depends("line_ids.state", "line_ids.reason")
    @api.depends_context("lang")
    def _compute_counts(self):
        rows = self.env["dealer.push.line"]._read_group(
            [("push_id", "in", self.ids)], ["push_id", "state", "reason"], ["__count"]
        )
        reasons = self.env["res.partner"]._get_governor_reasons()
        for push in self:
            own = [row[1:] for row in rows if row[0] == push._origin]
            left = [(count, reason) for state, reason, count in own if reason]
            push.left_count = sum(count for count, _reason in left)
            push.done_count = sum(n for state, _reason, n in own if state == "done")
            push.recipient_count = sum(n for _s, _r, n in own) - push.left_count
            push.left_reasons = "\n".join(
                f"{count} · {reasons.get(reason, reason)}"
                for count, reason in sorted(left, reverse=True)
            )

    @api.constrains("channel", "template_id")
    def _check_template(self):
        for push in self:
            template = push.template_id.sudo()
            if push.channel != "phone" and not template:
                raise ValidationError(
                    self.env._("Letter: choose what is printed or sent.")
                )
            if template and (
                not template.dealer_kind or template.model != "res.partner"
            ):
                raise ValidationError(
                    self.env._("Letter: this template is no letter to customers.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        if any(SYSTEM_FIELDS & vals.keys() for vals in vals_list):
            self._refuse_system_fields()
        return super(DealerPush, without_defaults(self, SYSTEM_FIELDS)).create(
            vals_list
        )

    def write(self, vals):
        if not self.env.su:
            if SYSTEM_FIELDS & vals.keys():
                self._refuse_system_fields()
            self._check_draft()
        result = super().write(vals)
        if {"segment_id", "partner_ids", "channel", "purpose"} & vals.keys():
            self.sudo().line_ids.unlink()  # to be looked at again
        return result

    def _refuse_system_fields(self):
        raise AccessError(self.env._("What was sent to whom is noted by the system."))

    def _check_draft(self):
        if any(push.state != "draft" for push in self.sudo()):
            raise UserError(self.env._("This push was sent: make a copy of it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._check_draft()

    def _get_members(self):
        """Ids of the group's customers, as far as the user sees them."""
        self.ensure_one()
        partners = self.env["res.partner"].with_company(self.company_id)
        members = Domain("id", "in", self.partner_ids.ids)
        segment = self.segment_id
        if segment.model == "res.partner":
            members |= segment._get_domain()
        elif segment:
            members |= Domain("vehicle_ids", "any", segment._get_domain())
        members &= Domain("company_id", "in", [self.company_id.id, False])
        return partners.search(members, order="id").ids

    def action_preview(self):
        """Judge the group anew: who gets it and who does not, and why."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        members = self._get_members()
        if not members:
            raise UserError(self.env._("Nobody is in this group."))
        self.sudo().line_ids.unlink()
        for start in range(0, len(members), CHUNK):
            self._insert_lines(members[start : start + CHUNK])
        return True

    def _insert_lines(self, partner_ids):
        reasons = self._judge(self.env["res.partner"].browse(partner_ids))
        self.env["dealer.push.line"].flush_model()
        self.env.cr.execute(
            SQL(
                INSERT_LINES,
                push=self.id,
                partners=list(reasons),
                reasons=list(reasons.values()),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env["dealer.push.line"].invalidate_model(flush=False)
        self.invalidate_recordset(flush=False)

    def _judge(self, partners):
        """:return: dict partner id → key of the reason, None: gets it"""
        self.ensure_one()
        partners = partners.with_company(self.company_id)
        return partners._judge_contacts(CONSENT_CHANNELS[self.channel], self.purpose)

    def action_view_lines(self):
        """The persons of this push; the context says which state is asked for."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_push_line_action"
        )
        action["domain"] = [("push_id", "=", self.id)]
        state = self.env.context.get("push_filter")
        action["context"] = {f"search_default_{state}": 1} if state else {}
        action["display_name"] = self.name
        return action


class DealerPushLine(models.Model):
    """One person of a push: gets it, got it, or is left out for a reason."""

    _name = "dealer.push.line"
    _description = "Person of a Push"
    _order = "push_id desc, id"
    _rec_name = "partner_id"

    push_id = fields.Many2one("dealer.push", required=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", index=True
    )
    reason = fields.Selection(
        selection=lambda self: list(
            self.env["res.partner"]._get_governor_reasons().items()
        ),
        string="Left out because",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Recipient"),
            ("done", "Done"),
            ("left_out", "Left out"),
            ("failed", "Failed"),
        ],
        readonly=True,
        required=True,
        default="waiting",
    )
    contact_id = fields.Many2one(
        "dealer.contact",
        "In the Ledger",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    channel = fields.Selection(related="push_id.channel")
    push_state = fields.Selection(related="push_id.state", string="State of the Push")
    company_id = fields.Many2one(related="push_id.company_id")

    _partner_uniq = models.UniqueIndex(
        "(push_id, partner_id)", "Each person gets a message once."
    )
    _waiting_idx = models.Index("(push_id, id) WHERE state = 'waiting'")

    def action_log_call(self):
        """The dialog to log the call; the talk counts for the campaign."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_contact_action_log"
        )
        push = self.push_id
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_push_id": push.id,
            "default_campaign_id": push.campaign_id.id,
            "default_channel": "phone",
            "default_direction": "out",
            "default_purpose": push.purpose,
            "default_outcome": False,
        }
        return action
