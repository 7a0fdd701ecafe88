"""Attack: an expression of a model, or a value that looks like one, breaks out into the program."""

import os
from pathlib import Path

import pytest
from tests.integration.attacks.script import script

from mainspring.app.house import House
from mainspring.engine.events import SYSTEM, Actor
from mainspring.runtime import DeploymentRefused, queries

OWNER = Actor("person", "owner")
ESCAPES = (
    '__import__("os").system("touch {canary}")',
    "().__class__.__base__.__subclasses__()",
    "x.__class__.__init__.__globals__",
    'get value(x, "__class__")',
    'get value({{a: 1}}, "__dict__")',
    "{{a: 1}}.__class__.__mro__",
    'open("{canary}", "w")',
    'eval("1+1")',
    '(function(a) external {{java: {{class: "java.lang.Runtime", method signature: "exec(String)"}}}})("id")',
    '"{{0.__class__}}".format(x)',
    "string(x.__reduce__)",
    'x."__class__"',
)


@pytest.mark.parametrize("number", range(len(ESCAPES)))
def test_an_expression_reaches_nothing_but_its_variables(house: House, tmp_path: Path, number: int) -> None:
    canary = tmp_path / "canary"
    expression = ESCAPES[number].format(canary=canary)
    name = f"escape_{number}"
    try:
        house.runtime.deploy(script(name, expression), SYSTEM)
    except DeploymentRefused:
        return  # refused before it could run
    key = house.runtime.start(name, {"x": {"a": 1}}, actor=OWNER)
    with house.store.read() as tx:
        found = queries.variables(tx, key)
        stuck = queries.incidents(tx, instance=key)
    assert stuck or found.get("out") is None, found
    assert not canary.exists()


def test_a_value_that_looks_like_an_expression_stays_a_value(house: House) -> None:
    house.runtime.deploy(script("echo", "x"), SYSTEM)
    for text in ("=1+1", "= x", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "%(os)s"):
        key = house.runtime.start("echo", {"x": text}, actor=OWNER)
        with house.store.read() as tx:
            assert queries.variables(tx, key)["out"] == text


def test_the_environment_is_not_in_reach_of_a_decision(house: House) -> None:
    os.environ["MAINSPRING_TEST_CANARY"] = "canary-of-the-environment"
    try:
        for model in house.pack.decisions.values():
            for decision in model.decisions:
                answer = model.evaluate(decision.id, {"x": "__import__('os').environ"})
                assert "canary-of-the-environment" not in repr(answer)
    finally:
        del os.environ["MAINSPRING_TEST_CANARY"]
