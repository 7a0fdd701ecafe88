"""Decision models of DMN 1.1 to 1.5: XML to compiled decisions that explain themselves."""

from mainspring.dmn.analysis import analyse
from mainspring.dmn.check import CasesError, beside, check, is_tests, read_cases
from mainspring.dmn.errors import (
    DmnError,
    EvaluationMessage,
    ModelError,
    SheetError,
    UnknownDecisionError,
)
from mainspring.dmn.explain import LANGUAGES, explain
from mainspring.dmn.findings import Finding
from mainspring.dmn.model import Model, Named, Result, load
from mainspring.dmn.sheet import from_csv, from_excel, to_csv, to_excel
from mainspring.dmn.table import DecisionTable
from mainspring.dmn.trace import Trace, plain
from mainspring.dmn.write import table_of, to_xml, with_table

__all__ = [
    "LANGUAGES",
    "CasesError",
    "DecisionTable",
    "DmnError",
    "EvaluationMessage",
    "Finding",
    "Model",
    "ModelError",
    "Named",
    "Result",
    "SheetError",
    "Trace",
    "UnknownDecisionError",
    "analyse",
    "beside",
    "check",
    "explain",
    "from_csv",
    "from_excel",
    "is_tests",
    "load",
    "plain",
    "read_cases",
    "table_of",
    "to_csv",
    "to_excel",
    "to_xml",
    "with_table",
]
