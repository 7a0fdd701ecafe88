"""Models from the workbench: checked, tried out on a virtual clock, deployed."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from mainspring.app import deploying, trying
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.deployments import Checked, DeploymentShape, TrialShape

router = APIRouter(tags=["processes"])
Deployer = Annotated[Visitor, permits("deploy")]
LONGEST = 900_000


class GivenFile(Given):
    """A file: its name without folders, and its text."""

    name: str = Field(min_length=1, max_length=130)
    text: str = Field(max_length=LONGEST)


class GivenPackage(Given):
    """Files that belong together."""

    files: list[GivenFile] = Field(min_length=1, max_length=50)

    def package(self) -> dict[str, bytes]:
        """The files by name."""
        return deploying.package([(one.name, one.text) for one in self.files])


class GivenTrial(GivenPackage):
    """A case to try out: the variables it starts with, and what jobs and tasks answer, by element."""

    process: str = Field(min_length=1, max_length=200)
    variables: dict[str, Any] = Field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = Field(default_factory=dict)


@router.post("/deployments/check", response_model=Checked)
def check(visitor: Deployer, body: Annotated[GivenPackage, given(GivenPackage)]) -> Answer:
    """What is found in files; nothing is stored."""
    del visitor
    return Answer(deploying.checked(body.package()))


@router.post("/deployments", response_model=DeploymentShape)
def deploy(visitor: Deployer, body: Annotated[GivenPackage, given(GivenPackage)]) -> Answer:
    """Put files in force together, or say what refuses them."""
    files = body.package()
    with visitor.house.store.write() as tx:
        return Answer(deploying.deployed(visitor.house, tx, files, visitor.actor))


@router.post("/processes/try", response_model=TrialShape)
def attempt(visitor: Deployer, body: Annotated[GivenTrial, given(GivenTrial)]) -> Answer:
    """One case on a virtual clock, in memory: nothing is called and nothing is kept."""
    files = body.package()
    with visitor.house.store.read() as tx:
        others = trying.beside(tx, files)
    trial = trying.Trial(files, body.process, body.variables, body.answers)
    return Answer(trying.tried(trial, others))
