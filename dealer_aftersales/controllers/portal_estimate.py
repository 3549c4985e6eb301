# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from werkzeug.urls import url_encode

from .portal import VehiclePortal


class EstimatePortal(VehiclePortal):
    """The customer reads an estimate and answers it, with account or with the link."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "estimate_count" in counters:
            values["estimate_count"] = len(self._get_own_estimates(is_waiting=True))
        return values

    def _get_own_estimates(self, is_waiting=False):
        domain = request.env.user.partner_id._get_portal_estimate_domain()
        if is_waiting:
            domain &= Domain("state", "=", "sent")
        estimates = (
            request.env["dealer.repair.estimate"]
            .sudo()
            .search(
                domain & Domain("state", "!=", "replaced"),
                order="id desc",
                limit=self._items_per_page,
            )
        )
        if is_waiting:
            return estimates.filtered(lambda e: e._get_portal_status() == "open")
        return estimates

    @http.route("/my/estimates", type="http", auth="user", website=True, readonly=True)
    def portal_my_estimates(self, **kwargs):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="estimates",
            estimates=[e._get_portal_values() for e in self._get_own_estimates()],
        )
        return request.render("dealer_aftersales.portal_my_estimates", values)

    @http.route(
        "/my/estimates/<int:estimate_id>", type="http", auth="public", website=True
    )
    def portal_my_estimate(self, estimate_id, access_token=None, **params):
        estimate = self._find_estimate(estimate_id, access_token)
        if not estimate:
            return self._get_no_estimate(access_token)
        if params.get("report_type") == "pdf":
            return self._show_report(
                estimate,
                "pdf",
                "dealer_aftersales.action_report_estimate",
                download=bool(params.get("download")),
            )
        refused = self._read_refused(estimate)
        return self._render_estimate(estimate, access_token, refused)

    @http.route(
        "/my/estimates/<int:estimate_id>/accept",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_my_estimate_accept(
        self, estimate_id, access_token=None, name=None, signature=None
    ):
        args = request.httprequest.args
        access_token = access_token or args.get("access_token")
        estimate = self._find_estimate(estimate_id, access_token)
        if not estimate:
            return {"error": request.env._("This estimate does not exist.")}
        ids = [int(i) for i in args.get("refused", "").split(",") if i.isdecimal()]
        refused = estimate.line_ids.filtered(lambda line: line.id in ids)
        try:
            with request.env.cr.savepoint():
                estimate._sign_on_portal(name, signature, refused)
        except UserError as error:
            return {"error": str(error)}
        return {
            "force_refresh": True,
            "redirect_url": self._get_estimate_url(estimate, access_token),
        }

    @http.route(
        "/my/estimates/<int:estimate_id>/decline",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_my_estimate_decline(
        self, estimate_id, access_token=None, reason=None, **kwargs
    ):
        estimate = self._find_estimate(estimate_id, access_token)
        if not estimate:
            return self._get_no_estimate(access_token)
        try:
            with request.env.cr.savepoint():
                estimate._refuse_on_portal(reason)
        except UserError as error:
            return self._render_estimate(estimate, access_token, error=str(error))
        return request.redirect(self._get_estimate_url(estimate, access_token))

    def _find_estimate(self, estimate_id, access_token):
        """The estimate in the customer's language, none where it is not his."""
        estimates = request.env["dealer.repair.estimate"]
        estimate = estimates._find_for_portal(estimate_id, access_token)
        if estimate and request.env.user._is_public() and estimate.partner_id.lang:
            request.update_context(lang=estimate.partner_id.lang)
            estimate = estimate.with_env(request.env(su=True))
        return estimate

    def _get_no_estimate(self, access_token):
        """Visitors log in first; what is not theirs does not exist."""
        if request.env.user._is_public() and not access_token:
            path = request.httprequest.path
            return request.redirect(f"/web/login?{url_encode({'redirect': path})}")
        return request.not_found()

    def _get_estimate_url(self, estimate, access_token):
        query = f"?{url_encode({'access_token': access_token})}" if access_token else ""
        return f"/my/estimates/{estimate.id}{query}"

    def _read_refused(self, estimate):
        """The lines whose tick was taken away."""
        args = request.httprequest.args
        lines = estimate._get_portal_open_lines()
        if not args.get("chosen"):
            return lines.browse()
        taken = args.getlist("take")
        return lines.filtered(lambda line: str(line.id) not in taken)

    def _render_estimate(self, estimate, access_token, refused=None, error=None):
        values = self._prepare_portal_layout_values()
        shown = estimate._get_portal_values(refused)
        query = {"access_token": access_token or ""}
        query["refused"] = ",".join(str(i) for i in shown["refused_ids"])
        values.update(
            page_name="estimate",
            estimate=shown,
            access_token=access_token,
            accept_url=f"/my/estimates/{estimate.id}/accept?{url_encode(query)}",
            pdf_url=f"/my/estimates/{estimate.id}?"
            + url_encode({"access_token": access_token or "", "report_type": "pdf"}),
            no_breadcrumbs=request.env.user._is_public(),
            error=error,
        )
        return request.render("dealer_aftersales.portal_my_estimate", values)
