"""Rules about expressions: none is empty, and every FEEL expression can be parsed."""

from mainspring import feel
from mainspring.bpmn.model import Element
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

ALWAYS_FEEL = (
    "conditionExpression",
    "completionCondition",
    "loopCondition",
    "activationCondition",
    "loopCardinality",
)
MAPPINGS = {"input", "output"}


def _syntax(text: str) -> str | None:
    try:
        feel.compile(text)
    except feel.FeelSyntaxError as error:
        return str(error)
    return None


def _condition(survey: Survey, element: Element) -> Messages:
    del survey
    text = element.text.strip()
    if not text:
        yield f"its {element.type} is empty"
    elif text.startswith("=") and (fault := _syntax(text[1:])):
        yield f"its {element.type} '{text}' is no FEEL: {fault}"


def _extension(survey: Survey, holder: Element) -> Messages:
    del survey
    for element in holder.walk():
        for name, text in element.attributes.items():
            if text.startswith("=") and (fault := _syntax(text[1:])):
                yield f"the {element.type} {name} '{text}' is no FEEL: {fault}"
        if element.type in MAPPINGS and not element.get("target").strip():
            yield f"an {element.type} mapping has no target"


RULES = (
    Rule("expression", ALWAYS_FEEL, _condition, "Write it in FEEL.", execution=True),
    Rule("extension", ("extensionElements",), _extension, "Mend the expression.", execution=True),
)
