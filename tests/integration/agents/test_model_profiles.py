"""Model profiles from a file beside the database: opened with the house, used by a version that names one."""

from pathlib import Path
from typing import Any

import pytest

from mainspring.agents.errors import AgentDefinitionError
from mainspring.agents.models.errors import ProfileError
from mainspring.agents.thinking import Thinking
from mainspring.app import employee_definition, employee_release
from mainspring.app.errors import SetUpError
from mainspring.app.opening import open_or_create
from mainspring.govern import identity

PROFILES = (
    "main: {base_url: 'http://127.0.0.1:9/v1', model: small, networks: ['127.0.0.0/8'], outside: false}\n"
)
ACTIVITY = "lead-to-cash:write-quote"


def opened(folder: Path, profiles: str | None) -> Any:
    if profiles is not None:
        file = folder / "house.models.yaml"
        file.write_text(profiles, encoding="utf-8")
        file.chmod(0o600)
    return open_or_create(f"sqlite:///{folder}/house.db")


def by_model(house: Any) -> Any:
    with house.store.read() as tx:
        version = employee_definition.next_version(house, tx, "order_clerk")
    duty = version.duties[ACTIVITY].model_copy(update={"model": "main"})
    return version.model_copy(
        update={"duties": {**version.duties, ACTIVITY: duty}, "output": {"type": "object"}}
    )


def test_a_house_without_the_file_knows_no_model_and_refuses_a_version_that_names_one(tmp_path: Path) -> None:
    house = opened(tmp_path, None)
    with pytest.raises(AgentDefinitionError, match="no model profile main"):
        employee_definition.check(house, by_model(house))
    house.close()


def test_a_version_that_names_a_profile_is_drafted_by_its_model(tmp_path: Path) -> None:
    house = opened(tmp_path, PROFILES)
    with house.store.read() as tx:
        owner = identity.principal(tx, "owner")
    assert not any(thinks for _, _, thinks in house.staffing())
    employee_release.release(house, by_model(house), "shadow", agent="order_clerk", by=owner)
    assert [activity for _, activity, thinks in house.staffing() if thinks] == [ACTIVITY]
    handlers = house.worker()._handlers
    assert isinstance(handlers[ACTIVITY], Thinking)
    house.close()


@pytest.mark.parametrize(
    ("profiles", "error"),
    [("main: {model: small}", ProfileError), ("- no", ProfileError)],
    ids=["a field is missing", "no mapping"],
)
def test_a_wrong_file_is_refused_with_its_place(
    tmp_path: Path, profiles: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"house\.models\.yaml"):
        opened(tmp_path, profiles)


def test_a_file_that_others_may_change_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "house.models.yaml"
    file.write_text(PROFILES, encoding="utf-8")
    file.chmod(0o666)
    with pytest.raises(SetUpError, match="others may change"):
        open_or_create(f"sqlite:///{tmp_path}/house.db")
