# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.phone_validation.models.mail_thread_phone import PHONE_REGEX_PATTERN
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ..tools.id_number import normalize_id_number
from ..tools.phone import phone_spellings
from ..tools.uscc import normalize_uscc

LIMIT = 10


def same_phone_domain(*phones):
    """Domain of the records with one of these numbers, however they are written.

    Uses the index that core keeps on phones without blanks and hyphens.
    """
    spellings = {text for phone in phones for text in phone_spellings(phone)}
    if not spellings:
        return Domain.FALSE

    def to_sql(model, alias, query):
        return SQL(
            "regexp_replace((%s::text), %s::text, ''::text, 'g'::text) IN %s",
            SQL.identifier(alias, "phone"),
            PHONE_REGEX_PATTERN,
            tuple(spellings),
        )

    return Domain.custom(to_sql=to_sql) & Domain("phone", "!=", False)


class ResPartner(models.Model):
    """Finding the person who is here already, before he is entered again."""

    _inherit = "res.partner"

    @api.model
    def _find_same_person(self, phone=None, email=None, name=None):
        """Partners that may be this person, those with a customer file first.

        :param str phone: in any spelling
        :param str email: in any spelling
        :param str name: name of a company, compared without case
        :return: at most ten that the current user may read
        """
        domains = [same_phone_domain(phone)]
        if email and email_normalize(email):
            domains.append(Domain("email_normalized", "=", email_normalize(email)))
        if name:
            domains.append(Domain("is_company", "=", True) & Domain("name", "=", name))
        return self._search_same_person(Domain.OR(domains))

    @api.model
    def _find_by_identity(self, text):
        """Partners with this company code, or this ID number for those allowed.

        :return: at most ten that the current user may read; never by a part of it
        """
        domains = [Domain("vat", "=", normalize_uscc(text))]
        if self.env.user.has_group("dealer_crm.group_personal_data"):
            domains.append(Domain("id_number", "=", normalize_id_number(text)))
        return self._search_same_person(Domain.OR(domains))

    @api.model
    def _search_same_person(self, domain):
        """Searched with all rights, as phones may be masked; shown by own ones."""
        if self._hides_restricted():
            domain &= Domain("is_restricted", "=", False)
        found = self.sudo().search(domain, limit=LIMIT)
        readable = self.browse(found.ids)._filtered_access("read")
        return readable.sorted(lambda partner: not partner.file_state)
