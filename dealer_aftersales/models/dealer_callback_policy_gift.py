# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DealerCallbackPolicy(models.Model):
    _inherit = "dealer.callback.policy"

    gift = fields.Char(
        translate=True, help="A present that goes with it, e.g. a flower on a birthday."
    )


class DealerCallback(models.Model):
    """A present that goes with a greeting: what, and whether it was given."""

    _inherit = "dealer.callback"

    gift = fields.Char(related="policy_id.gift")
    gift_given = fields.Char("Gift given", readonly=True, copy=False)
    gift_date = fields.Datetime("Given on", readonly=True, copy=False)

    def action_give_gift(self):
        """The customer got his present: noted here and in the ledger, once.

        :raises UserError: without a gift, or when it was given
        """
        self.check_access("write")
        for callback in self:
            if callback.gift_given or not callback.gift:
                raise UserError(
                    self.env._(
                        "Gift: there is none for %(name)s, or he has it already.",
                        name=callback.partner_id.display_name,
                    )
                )
        contacts = self.env["dealer.contact"]
        contacts.create([callback._prepare_gift_values() for callback in self])
        for callback in self.sudo():
            callback.write(
                {"gift_given": callback.gift, "gift_date": fields.Datetime.now()}
            )
        return True

    def _prepare_gift_values(self):
        """A line of its own: it is no attempt of the call."""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "company_id": self.company_id.id,
            "channel": "letter" if self.channel == "letter" else "visit",
            "direction": "out",
            "purpose": self.purpose or "care",
            "outcome": "reached",
            "content": self.env._("Gift: %(gift)s", gift=self.gift),
        }

    def action_take_back_gift(self):
        """Pressed by mistake: the gift was not given. The ledger keeps both."""
        self.check_access("write")
        for callback in self.filtered("gift_given"):
            values = callback._prepare_gift_values()
            values["content"] = self.env._(
                "Not given after all: %(gift)s", gift=callback.gift_given
            )
            values["outcome"] = "not_reached"
            self.env["dealer.contact"].create(values)
        self.sudo().write({"gift_given": False, "gift_date": False})
        return True
