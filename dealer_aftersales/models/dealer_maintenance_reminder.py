# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

MODEL = "dealer.maintenance.due"
# Reminders of items that are not open any more.
CLOSED_REMINDERS = """
    SELECT c.id
      FROM fleet_vehicle v
      JOIN dealer_callback c ON c.vehicle_id = v.id AND c.state = 'planned'
      JOIN dealer_callback_policy p ON p.id = c.policy_id
      JOIN ir_model m ON m.id = p.model_id AND m.model = 'dealer.maintenance.due'
 LEFT JOIN dealer_maintenance_due d ON d.id = c.source_id AND d.state = 'open'
     WHERE d.id IS NULL AND %(scope)s
"""


class DealerCallbackPolicy(models.Model):
    """Due services are called about like everything else: by a policy."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return super()._get_source_paths() | {MODEL: ("partner_id", "vehicle_id")}

    def _get_matching_domain(self):
        domain = super()._get_matching_domain()
        if self.model != MODEL:
            return domain
        stop = self.env[MODEL]._get_reminder_stop_domain()
        return domain & Domain("state", "=", "open") & ~stop


class DealerMaintenanceDue(models.Model):
    """When a reminder is not needed any more."""

    _inherit = "dealer.maintenance.due"

    @api.model
    def _get_reminder_stop_domain(self):
        """Open items nobody calls about: the car is here for them already.

        Extended with ``|`` by what else makes a call needless.
        """
        here = Domain("state", "in", ("draft", "confirmed", "under_repair"))
        service = Domain("service_kind", "=", "maintenance")
        return Domain("labor_ids.repair_id", "any", here) | Domain(
            "vehicle_id.repair_ids", "any", here & service
        )

    @api.model
    def _cancel_closed_reminders(self, scope):
        """Calls about items that are done or cancelled are not made.

        :param SQL scope: condition on the cars, as alias v
        """
        callbacks = self.env["dealer.callback"].sudo()
        callbacks.flush_model(["state", "vehicle_id", "source_id"])
        rows = self.env.execute_query(SQL(CLOSED_REMINDERS, scope=scope))
        callbacks.browse([row[0] for row in rows])._cancel_untouched()

    @api.model
    def _cancel_stopped_reminders(self):
        """Calls that became needless; they are made again if that was a mistake."""
        calls = (
            self.env["dealer.callback"]
            .sudo()
            .search(
                [
                    ("state", "=", "planned"),
                    ("attempt_count", "=", 0),
                    ("policy_id.model_id.model", "=", MODEL),
                ]
            )
        )
        stopped = self.sudo().search(
            Domain("id", "in", calls.mapped("source_id"))
            & self._get_reminder_stop_domain()
        )
        calls.filtered(lambda c: c.source_id in stopped._ids)._cancel_untouched()


class DealerCallback(models.Model):
    """A reminder says what it stands on."""

    _inherit = "dealer.callback"

    def _compute_reason(self):
        result = super()._compute_reason()
        reminders = self.filtered(lambda c: c.source_model == MODEL)
        dues = self.env[MODEL].sudo().browse(reminders.mapped("source_id")).exists()
        texts = {due.id: due._get_reminder_text() for due in dues}
        for callback in reminders:
            callback.reason = texts.get(callback.source_id, callback.reason)
        return result


class DealerMaintenanceDueText(models.Model):
    """Why the item is due, in words."""

    _inherit = "dealer.maintenance.due"

    def _get_rule_text(self):
        """Interval of the item, e.g. "6 months or 10,000 km"."""
        self.ensure_one()
        line, first = self.line_id, self.is_first_service
        months = first and line.first_months or line.months
        km = first and line.first_km or line.km
        values = {"months": months, "km": f"{km:,}"}
        if first and months and km:
            return self.env._(
                "first after %(months)s months or %(km)s km, what comes first", **values
            )
        if months and km:
            return self.env._(
                "every %(months)s months or %(km)s km, what comes first", **values
            )
        if months:
            return self.env._("every %(months)s months", months=months)
        return self.env._("every %(km)s km", km=f"{km:,}")

    def _get_reminder_text(self):
        """Item, due day with range, rule, and what the forecast stands on."""
        self.ensure_one()
        text = self.env._(
            "%(item)s due on %(date)s (%(low)s to %(high)s): %(rule)s, counted from "
            "%(base)s at %(km)s km.",
            item=self.line_id.name,
            date=format_date(self.env, self.date_due),
            low=format_date(self.env, self.date_low),
            high=format_date(self.env, self.date_high),
            rule=self._get_rule_text(),
            base=format_date(self.env, self.date_base),
            km=f"{self.odometer_base:,}",
        )
        return f"{text} {self.vehicle_id.forecast_note or ''}".strip()
