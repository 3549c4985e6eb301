# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.phone import classify_phone, normalize_cn_phone

STAFF = "dealer_crm.group_dealer_user"


class DealerProfileMixin(models.AbstractModel):
    """What staff learn about a person beyond name and phone: on lead and customer.

    The same fields on both, so that nothing is typed twice: ``_get_profile_fields``
    names what travels when a lead becomes a customer. All of it is optional, and
    only the dealership's staff reads it (personal data of domain.md 13).
    """

    _name = "dealer.profile.mixin"
    _inherit = ["dealer.copy.mixin"]
    _description = "Customer Profile"

    phone_second = fields.Char("Second Phone", groups=STAFF)
    wechat_id = fields.Char("WeChat")
    preferred_channel = fields.Selection(
        [
            ("call", "Phone Call"),
            ("wechat", "WeChat"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("visit", "Visit to the Showroom"),
        ],
        groups=STAFF,
        tracking=True,
    )
    preferred_time = fields.Selection(
        [
            ("morning", "Morning"),
            ("noon", "Noon"),
            ("afternoon", "Afternoon"),
            ("evening", "Evening"),
            ("weekend", "Weekend"),
        ],
        groups=STAFF,
        tracking=True,
    )
    communication_style = fields.Selection(
        [
            ("direct", "Brief and direct"),
            ("detailed", "Wants details"),
            ("friendly", "Likes to chat"),
            ("reserved", "Reserved"),
            ("price", "Price comes first"),
        ],
        groups=STAFF,
        tracking=True,
    )
    occupation_id = fields.Many2one(
        "dealer.occupation", index="btree_not_null", ondelete="restrict", groups=STAFF
    )
    hobby_ids = fields.Many2many(
        "dealer.hobby", string="Hobbies", groups=STAFF, tracking=True
    )
    service_interest_ids = fields.Many2many(
        "dealer.service.interest", string="Services of Interest", groups=STAFF
    )
    education = fields.Selection(
        [
            ("junior", "Junior High or below"),
            ("senior", "Senior High or Vocational"),
            ("college", "College"),
            ("bachelor", "Bachelor"),
            ("master", "Master or above"),
        ],
        groups=STAFF,
    )
    income_band = fields.Selection(
        [
            ("100", "Up to 100,000 a year"),
            ("200", "100,000 to 200,000 a year"),
            ("500", "200,000 to 500,000 a year"),
            ("1000", "500,000 to 1,000,000 a year"),
            ("more", "Over 1,000,000 a year"),
        ],
        "Income",
        groups=STAFF,
    )
    employer = fields.Char(groups=STAFF)
    employer_address = fields.Char(groups=STAFF)
    family_note = fields.Text("Family", groups=STAFF)
    driving_note = fields.Text("Driving Habits", groups=STAFF)

    @api.model
    def _valid_field_parameter(self, field, name):
        # leads and customers both have a chatter
        return name == "tracking" or super()._valid_field_parameter(field, name)

    @api.constrains("phone_second")
    def _check_phone_second(self):
        for record in self:
            phone = record.phone_second
            if phone and classify_phone(phone) == "invalid":
                raise ValidationError(
                    self.env._(
                        "Second Phone: %(phone)s is neither a mobile number "
                        "(11 digits, 13x to 19x) nor a landline with area code.",
                        phone=phone,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._normalize_profile_values(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._normalize_profile_values(vals))

    @api.model
    def _normalize_profile_values(self, vals):
        """:return: ``vals``, or a copy with the second phone in one spelling"""
        if not vals.get("phone_second"):
            return vals
        return {**vals, "phone_second": normalize_cn_phone(vals["phone_second"])}

    @api.model
    def _get_profile_fields(self):
        """Names of the fields that a lead hands over to its customer."""
        return [
            "phone_second",
            "wechat_id",
            "preferred_channel",
            "preferred_time",
            "communication_style",
            "occupation_id",
            "hobby_ids",
            "service_interest_ids",
            "education",
            "income_band",
            "employer",
            "employer_address",
            "family_note",
            "driving_note",
        ]

    def _prepare_profile_values(self, target):
        """Profile values of this record that ``target`` lacks.

        Only fields that exist on both and that the current user may write on
        ``target``'s model.

        :param target: lead, customer, or an empty recordset: then all values
        :return: dict for ``create`` or ``write``
        """
        self.ensure_one()
        source, known = self.sudo(), target.sudo()
        values = {}
        for name in self._get_profile_fields():
            field = target._fields.get(name)
            if not field or not source[name] or known[name]:
                continue
            if target._has_field_access(field, "write"):
                values[name] = field.convert_to_write(source[name], source)
        return values

    def _get_profile_hint(self):
        """How this person likes to be spoken to, in one line; False: nothing known."""
        self.ensure_one()
        record = self.sudo()
        names = ("preferred_channel", "preferred_time", "communication_style")
        parts = [
            dict(self._fields[name]._description_selection(self.env))[record[name]]
            for name in names
            if record[name]
        ]
        parts += record.hobby_ids.mapped("name")
        return " · ".join(parts) or False
