"""Checking a model against the rules of BPMN 2.0 and Zeebe before anything runs."""

from mainspring.bpmn import soundness
from mainspring.bpmn.errors import Finding, refusal
from mainspring.bpmn.model import Model
from mainspring.bpmn.names import BPMN
from mainspring.bpmn.rules import RULES, Rule, Survey


def validate(model: Model) -> list[Finding]:
    """All breaches of the rules in document order, then, if nothing is refused, the soundness warnings.

    Without a finding of severity error the model may be deployed.
    """
    survey = Survey(model)
    by_type: dict[str, list[Rule]] = {}
    for rule in RULES:
        for element_type in rule.types:
            by_type.setdefault(element_type, []).append(rule)
    findings: list[Finding] = []
    for element in model.root.walk():
        if element.namespace != BPMN:
            continue
        for rule in by_type.get(element.type, ()):
            if rule.execution and not survey.runs(element):
                continue
            findings.extend(
                Finding(
                    "warning" if rule.warns else "error",
                    rule.name,
                    element.label,
                    message,
                    model.source,
                    element.line,
                    rule.mend,
                )
                for message in rule.check(survey, element)
            )
    if not any(finding.severity == "error" for finding in findings):
        findings.extend(soundness.warnings(model))
    return findings


def check(model: Model) -> None:
    """Refuse a model that breaks a rule.

    Raises:
        ModelError: with every finding.
    """
    findings = validate(model)
    if any(finding.severity == "error" for finding in findings):
        raise refusal(model.source, findings)
