# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from heapq import merge
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

PAGE = 30
PAGE_MAX = 100


class DealerTimelineMixin(models.AbstractModel):
    """Everything that happened with a person, a lead or a car, newest first.

    Nothing is stored: each source is a model with a date. A page costs one bounded
    query per source, however long the history; the next page goes on behind the
    last event (no offset).
    """

    _name = "dealer.timeline.mixin"
    _description = "Timeline"

    @api.readonly
    def get_dealer_timeline(
        self, kinds=None, vehicle_id=False, before=None, limit=PAGE
    ):
        """One page of the timeline, as far as the user may read the records.

        :param list kinds: kinds of events wanted; empty: all
        :param int vehicle_id: only events of this car
        :param list before: ``next`` of the page before; empty: from the newest on
        :param int limit: events per page, at most 100
        :return: dict of ``events``, ``next`` (False at the end) and ``kinds``
        :raises AccessError: no right to read the record, or no role in the dealership
        """
        self.ensure_one()
        self._check_timeline_access()
        limit = max(1, min(int(limit), PAGE_MAX))
        sources = self._get_readable_sources()
        pages = [
            self._read_timeline_source(source, index, vehicle_id, before, limit + 1)
            for index, source in enumerate(sources)
            if not kinds or source["kind"] in kinds
        ]
        events = list(
            islice(merge(*pages, key=self._get_event_key, reverse=True), limit + 1)
        )
        return {
            "events": events[:limit],
            "next": events[limit - 1]["cursor"] if len(events) > limit else False,
            "kinds": self._get_timeline_kinds(sources),
        }

    def _check_timeline_access(self):
        """:raises AccessError: the record is not for this user"""
        if not (self.env.su or self.env.user.has_group("dealer_crm.group_dealer_user")):
            raise AccessError(
                self.env._("The timeline is for the staff of the dealership.")
            )
        self.check_access("read")

    def _get_timeline_scope(self):
        """Ids of the people, leads and cars whose events belong here.

        :return: dict with the keys ``partner``, ``lead``, ``vehicle``
        """
        return {}

    def _get_timeline_sources(self):
        """Where events come from; other addons add theirs.

        :return: list of dicts: kind, label and icon of the events, model, date (a
            field), the paths ``partner``, ``lead`` and ``vehicle`` (those it has),
            optional domain, context and groups (who may see them), and
            ``describe``: a function of a record that returns title, text and user
        """
        return []

    def _get_readable_sources(self):
        """The sources of this record that the user may read at all."""
        scope = self._get_timeline_scope()
        return [
            source
            for source in self._get_timeline_sources()
            if self.env[source["model"]].has_access("read")
            and self.env.user.has_groups(source.get("groups", "base.group_user"))
            and any(source.get(name) and ids for name, ids in scope.items())
        ]

    @api.model
    def _get_timeline_kinds(self, sources):
        """The kinds for the filter, each once."""
        labels = {s["kind"]: (s["label"], s["icon"]) for s in reversed(sources)}
        order = dict.fromkeys(source["kind"] for source in sources)
        return [
            {"kind": kind, "label": labels[kind][0], "icon": labels[kind][1]}
            for kind in order
        ]

    def _read_timeline_source(self, source, index, vehicle_id, before, limit):
        """The newest events of one source behind ``before``: one query."""
        date = source["date"]
        domain = self._get_source_domain(source, vehicle_id)
        domain &= self._get_before_domain(source, index, before)
        records = self.env[source["model"]].with_context(**source.get("context", {}))
        records = records.search(domain, order=f"{date} desc, id desc", limit=limit)
        return [self._prepare_event(record, source, index) for record in records]

    def _get_source_domain(self, source, vehicle_id):
        scope = self._get_timeline_scope()
        domain = Domain.OR(
            self._get_path_domain(source[name], ids)
            for name, ids in scope.items()
            if ids and source.get(name)
        )
        domain &= Domain(source["date"], "!=", False)
        domain &= Domain(source.get("domain", Domain.TRUE))
        if vehicle_id:
            path = source.get("vehicle")
            domain &= Domain(path, "=", vehicle_id) if path else Domain.FALSE
        return domain

    @api.model
    def _get_path_domain(self, path, ids):
        """A path over another model does not need the right to read that one."""
        first, _dot, rest = path.partition(".")
        if rest:
            return Domain(first, "any!", self._get_path_domain(rest, ids))
        return Domain(first, "in", ids)

    @api.model
    def _get_before_domain(self, source, index, before):
        """Events behind the cursor [moment, source, id]."""
        if not before:
            return Domain.TRUE
        moment, at_index, at_id = str(before[0]), int(before[1]), int(before[2])
        date, day = source["date"], moment[:10]
        is_day = self.env[source["model"]]._fields[date].type == "date"
        if is_day and moment[11:] != "00:00:00":
            return Domain(date, "<=", day)
        value = day if is_day else moment
        earlier = Domain(date, "<", value)
        if index < at_index:
            return earlier
        same = Domain(date, "=", value)
        if index == at_index:
            same &= Domain("id", "<", at_id)
        return earlier | same

    def _prepare_event(self, record, source, index):
        """One line, ready to show."""
        value = record[source["date"]]
        is_day = record._fields[source["date"]].type == "date"
        moment = f"{value} 00:00:00" if is_day else fields.Datetime.to_string(value)
        return {
            "key": f"{index},{record.id}",
            "kind": source["kind"],
            "icon": source["icon"],
            "label": source["label"],
            "date": moment[:10] if is_day else moment,
            "is_day": is_day,
            "cursor": [moment, index, record.id],
            "model": source.get("open_model", record._name),
            "res_id": record[source["open"]].id if source.get("open") else record.id,
            **source["describe"](record),
        }

    @api.model
    def _get_event_key(self, event):
        """Newest first; at the same moment the first source, then the newest id."""
        moment, index, res_id = event["cursor"]
        return moment, -index, res_id
