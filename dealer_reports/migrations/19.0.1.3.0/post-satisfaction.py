# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Figures per question go on over versions; praise ranks among no problems; what
    was only sent is no call.

    Only where the figure still counts as it was shipped.
    """
    cr.execute(
        """
        UPDATE dealer_kpi k SET dimension_field_id = f.id
          FROM ir_model_fields f, ir_model_fields old
         WHERE k.code = 'callback_questions' AND old.id = k.dimension_field_id
           AND old.model = 'dealer.callback.answer' AND old.name = 'question_id'
           AND f.model = 'dealer.callback.answer' AND f.name = 'root_question_id'
        """
    )
    cr.execute(
        """
        UPDATE dealer_kpi
           SET dimension_domain = '[(''sentiment'', ''!='', ''positive'')]'
         WHERE code = 'callback_issues' AND dimension_domain IS NULL
        """
    )
    cr.execute(
        """
        UPDATE dealer_kpi
           SET domain = replace(domain, %(old)s, %(new)s),
               denominator_domain = replace(denominator_domain, %(old)s, %(new)s)
         WHERE code LIKE 'callback%%' AND report = 'callback_monthly'
        """,
        {
            "old": "('state', '!=', 'cancelled')",
            "new": "('state', 'not in', ('cancelled', 'sent'))",
        },
    )
