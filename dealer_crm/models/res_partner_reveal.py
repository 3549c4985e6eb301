# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    """What is hidden is shown on request, with a reason and a line in the log.

    The number goes to the screen of who asked and nowhere else: no field, no
    dialog and no table keeps it.
    """

    _inherit = "res.partner"

    @api.model
    def _get_phone_reveal_groups(self):
        """Groups that may have a hidden phone shown, up to the daily quota."""
        return ["group_sales_consultant"]

    def action_reveal_phone(self, reason=None):
        """Show the hidden phone; without a reason the dialog asks for one."""
        self.ensure_one()
        self.check_access("read")
        if self.id not in self._get_hidden_phone_ids():
            return self._prepare_reveal_notification(self.phone)
        if not self._has_any_group(self._get_phone_reveal_groups()):
            raise AccessError(
                self.env._("Your role does not work with customers' phone numbers.")
            )
        if not reason:
            return self._open_reveal_dialog("phone")
        self._check_reveal_quota()
        self.env["dealer.access.log"]._log("phone", self, reason)
        return self._prepare_reveal_notification(self.phone)

    def action_reveal_id_number(self, reason=None):
        """Show the ID number in full; without a reason the dialog asks for one."""
        self.ensure_one()
        self.check_access("read")
        if not self._has_any_group(self._get_id_reveal_groups()):
            raise AccessError(
                self.env._("Only people in charge of personal data see an ID number.")
            )
        if not reason:
            return self._open_reveal_dialog("id_number")
        self.env["dealer.access.log"]._log("id_number", self, reason)
        return self._prepare_reveal_notification(self._get_id_numbers().get(self.id))

    def _open_reveal_dialog(self, kind):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why do you need it?"),
            "res_model": "dealer.reveal",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id, "default_kind": kind},
        }

    def _prepare_reveal_notification(self, number):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "sticky": True,
                "title": self.display_name,
                "message": number or self.env._("There is no number on file."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_reveal_quota(self):
        """:raises UserError: when the user has seen enough for one day"""
        company = self.env.company
        shown = (
            self.env["dealer.access.log"]
            .sudo()
            .search_count(
                [
                    ("user_id", "=", self.env.uid),
                    ("kind", "=", "phone"),
                    (
                        "date",
                        ">=",
                        company._get_dealer_day_start(company._get_dealer_today()),
                    ),
                ]
            )
        )
        if shown >= company.sudo().phone_reveal_quota:
            raise UserError(
                self.env._(
                    "You have had %(count)s phone numbers shown today, which is the "
                    "limit. The sales manager can help with more.",
                    count=shown,
                )
            )

    def action_view_purchases(self):
        """What an accountant asks: which cars, since when, at what price."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_vehicle_party_action_accounting"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        return action
