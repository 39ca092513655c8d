"""The statutory report forms of 2019 and 2021 as data: tables, labels, units, order, and what must hold.

``form("2021").cells`` gives every figure by address; ``form("2021").relations`` every rule. Basis: Article 50 of the
Regulation (国务院令第711号), 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from gongkai.forms.form import Bridge, Form
from gongkai.forms.load import FORM_KEYS, form, forms
from gongkai.forms.nodes import Context, Value
from gongkai.forms.parser import FormulaError
from gongkai.forms.parts import Block, Cell, Column, Row, Section, Table
from gongkai.forms.relations import APPLICANTS, CLAIMS, Derived, Instance, Relation, Scope, Severity

__all__ = [
    "APPLICANTS", "CLAIMS", "FORM_KEYS", "Block", "Bridge", "Cell", "Column", "Context", "Derived", "Form",
    "FormulaError", "Instance", "Relation", "Row", "Scope", "Section", "Severity", "Table", "Value", "form", "forms",
]  # fmt: skip
