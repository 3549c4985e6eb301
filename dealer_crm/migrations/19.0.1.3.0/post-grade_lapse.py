# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """The open-ended grade of our ladder is asked again, as after an install."""
    cr.execute(
        """
        UPDATE dealer_grade SET lapse_days = 180
          FROM ir_model_data known
         WHERE known.model = 'dealer.grade' AND known.res_id = dealer_grade.id
           AND known.module = 'dealer_crm' AND known.name = 'grade_c'
           AND COALESCE(dealer_grade.lapse_days, 0) = 0
           AND COALESCE(dealer_grade.window_to, 0) = 0
        """
    )
