"""The agent card of a digital employee: who it is, what it can be asked for, and how to come in."""

from a2a.types import (
    AgentCapabilities,
    AgentCard,
    AgentInterface,
    AgentProvider,
    AgentSkill,
    HTTPAuthSecurityScheme,
    SecurityRequirement,
    SecurityScheme,
    StringList,
)

from mainspring import __version__
from mainspring.agents.definition import AgentDefinition
from mainspring.app.partner_skills import Skill
from mainspring.web.a2a.places import path_of

SCHEME = "bearer"
BINDING = "JSONRPC"
PROTOCOL = "1.0"
JSON = "application/json"
TEXTS = ("text/plain", "application/pdf", "message/rfc822", "image/png", "image/jpeg")


def card_of(agent: AgentDefinition, skills: tuple[Skill, ...], address: str) -> AgentCard:
    """The card of an employee.

    Args:
        agent: as the pack defines it.
        skills: what it can be asked for; none for a card that strangers see.
        address: of this application, without a slash at its end.
    """
    return AgentCard(
        name=agent.title.get("en", agent.id),
        description=" ".join(agent.instructions.split()),
        version=f"{__version__}+{agent.version}",
        provider=AgentProvider(organization="Mainspring", url=address),
        supported_interfaces=[
            AgentInterface(
                url=f"{address}{path_of(agent.id)}", protocol_binding=BINDING, protocol_version=PROTOCOL
            )
        ],
        capabilities=AgentCapabilities(streaming=True, push_notifications=False, extended_agent_card=True),
        security_schemes={
            SCHEME: SecurityScheme(
                http_auth_security_scheme=HTTPAuthSecurityScheme(
                    scheme="Bearer", description="An access token issued for this agent's address."
                )
            )
        },
        security_requirements=[SecurityRequirement(schemes={SCHEME: StringList()})],
        default_input_modes=[JSON, *TEXTS],
        default_output_modes=[JSON],
        skills=[_skill(each) for each in skills] or [_closed()],
    )


def _skill(skill: Skill) -> AgentSkill:
    kind = "process" if skill.job_type is None else "duty"
    said = (
        f"Starts the process {skill.title}"
        if skill.job_type is None
        else f"Does one piece of work: {skill.title}"
    )
    return AgentSkill(id=skill.id, name=skill.title, description=said, tags=[kind])


def _closed() -> AgentSkill:
    return AgentSkill(
        id="signed-in",
        name="Work for partners",
        description="What this agent can be asked for is on its extended card, which needs a token.",
        tags=["partners"],
    )
