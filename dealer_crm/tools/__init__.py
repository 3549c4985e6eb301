# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules that need no database: numbers on papers, plates, phones, grades."""
