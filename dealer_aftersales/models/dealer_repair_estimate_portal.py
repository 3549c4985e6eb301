# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import binascii
import io
import uuid

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.tools import consteq
from PIL import Image, UnidentifiedImageError

#: The link is the customer's signature in blank: staff who charge customers only.
LINK_GROUPS = "dealer_aftersales.group_service_advisor"
#: A drawn name is far smaller.
SIGNATURE_MAX = 1_000_000
NAME_MAX = 100


def read_typed(text):
    """What somebody typed, "" for what is no text; zero bytes fit in no database."""
    return text.replace("\x00", "").strip() if isinstance(text, str) else ""


class DealerRepairEstimate(models.Model):
    """An estimate the customer answers by himself, logged in or with the link."""

    _name = "dealer.repair.estimate"
    _inherit = ["dealer.repair.estimate", "portal.mixin"]

    approved_by = fields.Selection(selection_add=[("portal", "Portal")])
    access_token = fields.Char(groups=LINK_GROUPS)
    portal_link = fields.Char(
        "Link for the Customer",
        compute="_compute_portal_link",
        groups=LINK_GROUPS,
        help="Whoever has it may answer for the customer: send it to him only.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "access_token": str(uuid.uuid4())} for vals in vals_list]
        return super().create(vals_list)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for estimate in self:
            estimate.access_url = f"/my/estimates/{estimate.id}"
        return result

    def _compute_portal_link(self):
        for estimate in self:
            path = f"{estimate.access_url}?access_token={estimate.access_token}"
            estimate.portal_link = f"{estimate.get_base_url()}{path}"

    def action_send_link(self):
        """Open the message with the link, in the customer's language."""
        self.ensure_one()
        self.repair_id._check_may_charge()
        template = self.env.ref("dealer_aftersales.mail_template_estimate_link")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Estimate"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": "repair.order",
                "default_res_ids": self.repair_id.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_light",
            },
        }

    def _get_report_base_filename(self):
        self.ensure_one()
        return f"{self.env._('Estimate')} {self.name}"

    @api.model
    def _find_for_portal(self, estimate_id, access_token=None):
        """The estimate, with all rights, if the visitor may see it; else none.

        :param access_token: what stands in the link; a wrong one is none
        """
        estimate = self.sudo().browse(estimate_id).exists()
        customer = estimate.repair_id.partner_id
        if not customer or not customer._get_portal_owners():
            return estimate.browse()
        token = estimate.access_token
        is_text = isinstance(access_token, str) and access_token
        if is_text and token and consteq(token.encode(), access_token.encode()):
            return estimate
        if self.env.user._is_public():
            return estimate.browse()
        mine = self.env.user.partner_id._get_portal_estimate_domain()
        return self.sudo().search(mine & Domain("id", "=", estimate.id))

    def _get_portal_status(self):
        """What the customer can do with it: open, expired, replaced, or answered.

        :return: ``open``, ``expired``, ``replaced``, ``approved`` or ``refused``
        """
        self.ensure_one()
        newest = self.repair_id.estimate_ids[:1]
        if self.state != "sent":
            return self.state
        if self != newest or self.repair_id.state in ("done", "cancel"):
            return "replaced"
        today = self.company_id._get_dealer_today()
        return "expired" if self.date_valid and self.date_valid < today else "open"

    def _get_portal_open_lines(self):
        """The lines he is asked about."""
        return self._get_open_lines()

    def _get_portal_values(self, refused=None):
        """What the customer may know of the estimate: named values, no record.

        :param refused: lines he does not want
        """
        self.ensure_one()
        mine = self.line_ids.filtered(lambda line: line.payer == "customer")
        asked = self._get_portal_open_lines()
        refused = (refused or asked.browse()) & asked
        taken = mine - refused
        return {
            "id": self.id,
            "name": self.name,
            "status": self._get_portal_status(),
            "customer": self.partner_id.name or "",
            "plate": self.vehicle_id.license_plate or self.vehicle_id.vin_sn or "",
            "car": self.vehicle_id.model_id.display_name or "",
            "branch": self.company_id.name,
            "phone": self.company_id.phone or "",
            "advisor": self.advisor_id.name or "",
            "date_valid": self.date_valid,
            "currency": self.currency_id,
            "lines": [line._get_portal_values(line in refused) for line in mine],
            "asked_count": len(asked),
            "all_refused": bool(asked) and refused == asked,
            "refused_ids": refused.ids,
            "amount": sum(taken.mapped("amount_taxed")),
            "tax": sum(line.amount_taxed - line.amount for line in taken),
            "others": self.amount_others,
            "signed_by": self.signed_by or "",
            "signed_on": self.signed_on,
            "signature": self.signature,
            "reason": self.reason or "",
            "tz": self.company_id._get_dealer_tz(),
        }

    def _sign_on_portal(self, name, signature, refused):
        """The customer's yes with his name drawn.

        :param refused: lines he does not want
        :raises UserError: naming what is missing, or that it is too late
        """
        self._lock_answer()
        name = read_typed(name)
        if not name or len(name) > NAME_MAX:
            raise UserError(self.env._("Please write your full name."))
        self._check_portal_signature(signature)
        self.repair_id._approve_estimate(
            "signature",
            estimate=self,
            refused=refused & self._get_portal_open_lines(),
            signature=signature,
            signed_by=name,
        )
        self._tell_workshop(
            self.env._(
                "Estimate %(estimate)s signed on the portal by %(name)s.",
                estimate=self.name,
                name=name,
            )
        )

    def _refuse_on_portal(self, reason):
        """The customer's no, with his reason."""
        self._lock_answer()
        reason = read_typed(reason)[:500]
        if not reason:
            raise UserError(self.env._("Please tell us why."))
        self.repair_id._refuse_estimate(reason=reason, method="portal", estimate=self)
        self._tell_workshop(
            self.env._(
                "Estimate %(estimate)s refused on the portal: %(reason)s",
                estimate=self.name,
                reason=reason,
            )
        )

    def _lock_answer(self):
        """Two windows at once: the second is told.

        :raises UserError: when the estimate waits for no answer any more
        """
        self.ensure_one()
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("Your answer is being saved already.")
            ) from error
        self.invalidate_recordset(["state"])
        if self._get_portal_status() != "open":
            raise UserError(
                self.env._("This estimate does not wait for an answer any more.")
            )

    def _check_portal_signature(self, signature):
        """:raises UserError: for what is no picture of a name"""
        try:
            if not signature or len(signature) > SIGNATURE_MAX:
                raise UserError(self.env._("Please draw your signature."))
            content = base64.b64decode(signature, validate=True)
            Image.open(io.BytesIO(content)).verify()
        except (
            TypeError,
            ValueError,
            SyntaxError,
            binascii.Error,
            UnidentifiedImageError,
            Image.DecompressionBombError,
            OSError,
        ) as error:
            raise UserError(self.env._("Please draw your signature.")) from error

    def _tell_workshop(self, text):
        """The order's followers and its advisor hear of the answer."""
        self.repair_id.message_post(
            body=text,
            author_id=self.partner_id.id,
            message_type="notification",
            partner_ids=self.advisor_id.partner_id.ids,
        )


class DealerRepairEstimateLine(models.Model):
    _inherit = "dealer.repair.estimate.line"

    def _get_portal_values(self, is_refused):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "kind": kinds[self.kind],
            "quantity": self.quantity,
            "amount": self.amount_taxed,
            "is_asked": self.is_new and self.payer == "customer",
            "is_taken": not is_refused and self.decision != "refused",
        }
