"""Logs of any system, read into one form: integer-coded events in the order of case, time and sequence."""

from mainspring.insight.log.log import Attribute, Log, from_cases
from mainspring.insight.log.read import read_log
from mainspring.insight.log.report import Finding, Place, Report

__all__ = ["Attribute", "Finding", "Log", "Place", "Report", "from_cases", "read_log"]
