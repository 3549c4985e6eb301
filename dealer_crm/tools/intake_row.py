# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A row of another system's table while the import looks at it."""

from dataclasses import dataclass, field

from .text import squash


@dataclass
class Row:
    """What a row says, what is known already, and what is to be done with it."""

    #: id of the line, number in the file
    id: int
    number: int
    #: {part: {field: value}}, dates as ISO texts
    values: dict = field(default_factory=dict)
    #: what keeps it out
    errors: list = field(default_factory=list)
    #: worth telling, keeps nothing out
    notes: list = field(default_factory=list)
    #: {part: id of the known record}
    matches: dict = field(default_factory=dict)
    #: parts whose known record may be somebody else
    doubts: set = field(default_factory=set)
    #: {part: {field: new value}} for known records
    changes: dict = field(default_factory=dict)
    #: number of the first row about the same thing
    same_as: int = 0
    decision: str = ""
    #: {field: id} of other records for what is made, like a lead's customer
    links: dict = field(default_factory=dict)
    #: {part: record} that was made or filled
    records: dict = field(default_factory=dict)
    #: what to do to take it back: {"created": …, "changed": …}
    undo: dict = field(default_factory=lambda: {"created": [], "changed": []})

    def get(self, part, name):
        return self.values.get(part, {}).get(name)

    def put(self, part, name, value, weak=False):
        """Set a value; a ``weak`` one (a hint) never replaces another."""
        if value is None or (weak and self.get(part, name) is not None):
            return
        self.values.setdefault(part, {})[name] = value

    def judge(self, main):
        """Return ``error``, ``duplicate``, ``unchanged`` or ``new``."""
        if self.errors:
            return "error"
        if not (self.doubts or self.same_as or main in self.matches):
            return "new"
        if self.doubts or self.same_as or any(self.changes.values()):
            return "duplicate"
        return "duplicate" if self.values.keys() - self.matches.keys() else "unchanged"

    def propose(self, verdict, policy):
        """Return the decision that is proposed for this verdict."""
        if verdict == "new":
            return "create"
        if verdict == "duplicate" and not self.doubts:
            return policy
        return "skip"

    def use(self, decision, main):
        """Forget what is known if a new record is wanted all the same."""
        self.decision = decision
        if decision == "create":
            for part in {main, *self.doubts} & self.matches.keys():
                del self.matches[part]
                self.changes.pop(part, None)
        self.doubts = set()


def same_text(first, second):
    """Whether two names are the same but for blanks, width and case."""
    return squash(first).lower() == squash(second).lower()
