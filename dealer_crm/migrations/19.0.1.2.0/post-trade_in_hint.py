# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """A trade-in proposes the first grade of our own ladders, as after an install."""
    cr.execute(
        """
        UPDATE dealer_grade SET is_trade_in_hint = true
          FROM ir_model_data known
         WHERE known.model = 'dealer.grade' AND known.res_id = dealer_grade.id
           AND known.module = 'dealer_crm' AND known.name = ANY(%s)
           AND dealer_grade.is_trade_in_hint IS NULL
        """,
        [["grade_h", "grade_short_h"]],
    )
