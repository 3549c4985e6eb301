# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import search_sql
from ..tools.search_text import read_search_text

HIT_LIMIT = 8
LIMIT_MAX = 40


class DealerReception(models.AbstractModel):
    """The box at the desk: one typed text, the people and cars it may mean.

    A few small queries through indexes (one per source, never one per hit), each
    under the record rules of the user. Works without the extension pg_trgm; then
    the middle of names, phones and engine numbers is not searched.
    """

    _name = "dealer.reception"
    _description = "Reception"

    @api.model
    @api.readonly
    def search_hits(self, text, limit=HIT_LIMIT):
        """Customers, cars and open leads that ``text`` may mean, best first.

        :param str text: name, phone or its end, plate or its end, VIN or its last
            six characters, engine, order or customer number; typed in any spelling
        :param int limit: lines to return at most
        :return: list of dicts ready to show (ids, name, phone as the user may see
            it, car, plate, vin, grade, open, reason)
        :raises AccessError: users without a role in the dealership
        """
        self._check_staff()
        limit = max(1, min(int(limit), LIMIT_MAX))
        typed = read_search_text(text)
        found = self._collect_hits(typed, limit)
        return self._format_hits(found[:limit])

    @api.model
    def _check_staff(self):
        """:raises AccessError: users without a role in the dealership"""
        if not (self.env.su or self.env.user.has_group("dealer_crm.group_dealer_user")):
            raise AccessError(
                self.env._("The reception is for the staff of the dealership.")
            )

    @api.model
    def _get_typed_domain(self, records, operator, value):
        """Domain of the field ``dealer_search`` of a model, for what staff typed.

        :param records: of the model, which has ``_get_dealer_domain``
        :raises AccessError: users without a role in the dealership
        """
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        self._check_staff()
        texts = [value] if isinstance(value, str) else value or []
        return Domain.OR(records._get_dealer_domain(text) for text in texts if text)

    @api.model
    def _is_typed_by_staff(self, operator, value):
        """Whether a name is looked for by staff, who may type a number as well."""
        return (
            operator in ("ilike", "like")
            and isinstance(value, str)
            and not self.env.su
            and self.env.user.has_group("dealer_crm.group_dealer_user")
        )

    @api.model
    def _get_search_sources(self, typed):
        """Where to look for a :class:`SearchText`; extended by other addons.

        :return: list of dicts: model, domain, the paths ``partner``, ``vehicle``
            and ``lead`` to what was found (``id`` for the record itself), rank
            (small is better), reason (label), fallback (only if nothing else hit)
        """
        return [
            self._get_vehicle_source(typed),
            self._get_partner_source(typed),
            self._get_lead_source(typed),
            self._get_order_source(typed),
            *self._get_fallback_sources(typed),
        ]

    @api.model
    def _get_vehicle_source(self, typed):
        return {
            "model": "fleet.vehicle",
            "domain": self.env["fleet.vehicle"]._get_search_domain(typed),
            "partner": "owner_id",
            "vehicle": "id",
            "rank": 0,
            "reason": self.env._("Vehicle"),
        }

    @api.model
    def _get_partner_source(self, typed):
        partners = self.env["res.partner"]
        domain = partners._get_search_domain(typed)
        if typed.name and not typed.phone:
            # suppliers are no customers: by name only files are proposed
            domain &= Domain("file_state", "!=", False)
        return {
            "model": "res.partner",
            "domain": domain,
            "partner": "id",
            "rank": 1,
            "reason": self.env._("Customer"),
        }

    @api.model
    def _get_lead_source(self, typed):
        """Prospects that are nobody's partner yet."""
        domain = self.env["crm.lead"]._get_search_domain(typed)
        return {
            "model": "crm.lead",
            "domain": domain & Domain("partner_id", "=", False),
            "lead": "id",
            "rank": 2,
            "reason": self.env._("Lead"),
        }

    @api.model
    def _get_order_source(self, typed):
        domain = Domain.FALSE
        if typed.number:
            domain = search_sql.upper_number_tail("name", typed.number)
        return {
            "model": "sale.order",
            "domain": domain,
            "partner": "partner_id",
            "rank": 1,
            "reason": self.env._("Contract"),
        }

    @api.model
    def _get_fallback_sources(self, typed):
        """Fragments in the middle: looked for when nothing else was found."""
        partners, leads = self.env["res.partner"], self.env["crm.lead"]
        customer = partners._get_fragment_domain(typed)
        prospect = leads._get_fragment_domain(typed)
        if not typed.phone:
            customer &= Domain("file_state", "!=", False)
        return [
            self._get_partner_source(typed) | {"domain": customer, "fallback": True},
            self._get_lead_source(typed)
            | {"domain": prospect & Domain("partner_id", "=", False), "fallback": True},
        ]

    @api.model
    def _collect_hits(self, typed, limit):
        """Ids of what was found, best first, each person and car once."""
        sources = self._get_search_sources(typed)
        found = self._read_sources([s for s in sources if not s.get("fallback")], limit)
        if not found:
            found = self._read_sources([s for s in sources if s.get("fallback")], limit)
        found.sort(key=lambda hit: hit["rank"])
        seen, hits = set(), []
        for hit in found:
            key = (hit["partner_id"], hit["vehicle_id"], hit["lead_id"])
            same = (hit["partner_id"], False, False)
            if key in seen or (hit["partner_id"] and key == same and same in seen):
                continue
            seen |= {key, same}
            hits.append(hit)
        return hits

    @api.model
    def _read_sources(self, sources, limit):
        found = []
        for source in sources:
            records = self.env[source["model"]]
            if source["domain"].is_false() or not records.has_access("read"):
                continue
            names = {source.get(key) for key in ("partner", "vehicle", "lead")}
            records = records.search_fetch(
                source["domain"], sorted(names - {None, "id"}), limit=limit
            )
            found += [self._prepare_hit(record, source) for record in records]
        return found

    @api.model
    def _prepare_hit(self, record, source):
        """The ids behind one found record."""
        hit = {"rank": source["rank"], "reason": source["reason"]}
        for key in ("partner", "vehicle", "lead"):
            path = source.get(key)
            value = record if path == "id" else path and record[path]
            hit[f"{key}_id"] = value.id if value else False
        return hit
