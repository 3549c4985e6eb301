# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

SERVICE_ROLES = (
    "dealer_aftersales.group_service_advisor",
    "dealer_aftersales.group_customer_relations",
)


class ReportServiceFile(models.AbstractModel):
    """The repair history of the service file."""

    _inherit = "report.dealer_crm.report_service_file"

    @api.model
    def _get_file(self, partner, vehicle):
        """Adds ``repairs``: the car's orders, newest first, without cancelled ones."""
        orders = vehicle.repair_ids.filtered(lambda r: r.state != "cancel")
        return {
            **super()._get_file(partner, vehicle),
            "repairs": orders.sorted(
                lambda r: (r.date_delivered or r.date_in or r.create_date, r.id),
                reverse=True,
            ),
            "papers": self._get_papers(vehicle),
        }

    @api.model
    def _get_papers(self, vehicle):
        """Contracts, policies of the present owner and recalls: what, term, status.

        Only what the user may read; no amounts, as the customer may get the paper.
        """
        policies = self.env["dealer.insurance.policy"]
        if policies.has_access("read"):
            policies = vehicle.insurance_ids.filtered(
                lambda p: p.partner_id == vehicle.owner_id and p.state != "cancelled"
            )
        return [
            *[
                self._get_paper(contract, self.env._("Service Contract"))
                for contract in vehicle.contract_ids.filtered(lambda c: not c.ended_by)
            ],
            *[self._get_paper(policy, self.env._("Insurance")) for policy in policies],
            *[
                {
                    "kind": self.env._("Recall"),
                    "name": line.recall_id.display_name,
                    "start": line.recall_id.date,
                    "end": line.date_done,
                    "state": self._get_state_text(line),
                }
                for line in vehicle.recall_line_ids
            ],
        ]

    @api.model
    def _get_paper(self, paper, kind):
        return {
            "kind": kind,
            "name": paper.display_name,
            "start": paper.date_start,
            "end": paper.date_end,
            "state": self._get_state_text(paper),
        }

    @api.model
    def _get_state_text(self, record):
        field = record._fields["state"]
        return dict(field._description_selection(self.env)).get(record.state, "")

    @api.model
    def _get_phone_texts(self, partner):
        """Advisors and customer relations work with the paper: they need the number."""
        if any(self.env.user.has_group(group) for group in SERVICE_ROLES):
            return {"phone": partner.sudo().phone or ""}
        return super()._get_phone_texts(partner)


class ReportServiceFilePartner(models.AbstractModel):
    """The same history on the files printed from the customer."""

    _name = "report.dealer_crm.report_service_file_partner"
    _inherit = [
        "report.dealer_crm.report_service_file_partner",
        "report.dealer_crm.report_service_file",
    ]
