# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

CONTACT = {"model": "dealer.contact", "date": "date", "user": "user_id"}
LEAD = {"model": "crm.lead", "user": "user_id"}


class DealerSalesMeasure(models.AbstractModel):
    """What the showroom counts per consultant and day, defined in one place.

    Daily report, plans and "My day" count with the same conditions that open the
    records behind a figure, so that no two of them disagree.
    """

    _name = "dealer.sales.measure"
    _description = "Showroom Figure"

    @api.model
    def _get_measures(self):
        """Figures by key, in the order of the paper.

        Each is a dict: ``label``, ``model``, ``domain``, ``date`` (field of the day),
        ``user`` (field of the consultant) and ``company`` (field of the branch).
        """
        return self._get_register_measures() | self._get_deal_measures()

    @api.model
    def _get_register_measures(self):
        """Figures of the contact ledger and its registers."""
        counted = self._get_counted_domain()
        incoming = Domain("direction", "=", "in")
        phone = Domain("channel", "=", "phone")
        return {
            "visit": CONTACT
            | {
                "label": self.env._("Visits"),
                "domain": Domain("channel", "=", "visit") & incoming & counted,
            },
            "call_in": CONTACT
            | {
                "label": self.env._("Calls in"),
                "domain": phone & incoming & counted,
            },
            "call_out": CONTACT
            | {
                "label": self.env._("Calls out"),
                "domain": phone & Domain("direction", "=", "out"),
            },
            "contact": CONTACT
            | {
                "label": self.env._("Contacts reached"),
                "domain": Domain("direction", "=", "out")
                & Domain("outcome", "=", "reached")
                & Domain("mail_template_id", "=", False),
            },
        }

    @api.model
    def _get_counted_domain(self):
        """Visitors and callers that count as traffic (批次)."""
        return Domain("is_counted", "=", True)

    @api.model
    def _get_deal_measures(self):
        """Figures of leads, contracts and cars."""
        return {
            "lead": LEAD
            | {
                "label": self.env._("New leads"),
                "date": "create_date",
                "domain": Domain.TRUE,
            },
            "filed": LEAD
            | {
                "label": self.env._("On File"),
                "date": "filed_on",
                "domain": Domain("is_on_file", "=", True),
            },
            "test_drive": CONTACT
            | {
                "label": self.env._("Test drives"),
                "domain": Domain("purpose", "=", "test_drive")
                & Domain("outcome", "=", "reached"),
            },
            "order": {
                "label": self.env._("Orders"),
                "model": "sale.order",
                "date": "date_order",
                "user": "user_id",
                "domain": Domain("state", "=", "sale")
                & Domain("opportunity_id", "!=", False),
            },
            "delivery": {
                "label": self.env._("Deliveries"),
                "model": "dealer.vehicle.party",
                "date": "date_from",
                "user": "sale_order_id.user_id",
                "company": "vehicle_id.company_id",
                "domain": Domain("role", "=", "owner")
                & Domain("sale_order_id", "!=", False),
            },
        }

    @api.model
    def _get_selection(self):
        """(key, label) of all figures."""
        return [(key, item["label"]) for key, item in self._get_measures().items()]

    @api.model
    def _get_domain(self, measure, company, users, start, end):
        """Records of these users counted at the branch from ``start`` to ``end``.

        :param dict measure: one of :meth:`_get_measures`
        :param start, end: first and last day, both included, branch time
        """
        field = measure["date"]
        is_day = self.env[measure["model"]]._fields[field].type == "date"
        after = end + timedelta(days=1)
        if not is_day:
            start, after = map(company._get_dealer_day_start, (start, after))
        branch = measure.get("company", "company_id")
        return (
            measure["domain"]
            & Domain(measure["user"], "in", users.ids)
            & Domain(branch, "in", [company.id, False])
            & Domain(field, ">=", start)
            & Domain(field, "<", after)
        )

    @api.model
    def _count(self, company, users, start, end, keys=None):
        """Counted with all rights: a figure does not depend on who looks.

        :return: {key: {(user id, day): count}}; one query per figure, however many
            users and days
        """
        measures = self._get_measures()
        return {
            key: self._count_one(measures[key], company, users, start, end)
            for key in keys or measures
        }

    @api.model
    def _count_one(self, measure, company, users, start, end):
        model = self.env[measure["model"]].sudo()
        model = model.with_context(active_test=False, tz=company._get_dealer_tz())
        rows = model._read_group(
            self._get_domain(measure, company, users, start, end),
            [measure["user"], f"{measure['date']}:day"],
            ["__count"],
        )
        counts = defaultdict(int)
        for user, moment, count in rows:
            day = moment.date() if hasattr(moment, "hour") else moment
            counts[user.id, day] += count
        return counts

    @api.model
    def _find(self, measure, company, user, day):
        """The records of one figure of one day, found with all rights."""
        model = self.env[measure["model"]].sudo().with_context(active_test=False)
        return model.search(self._get_domain(measure, company, user, day, day))
