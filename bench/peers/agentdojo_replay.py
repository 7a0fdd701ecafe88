"""Replays AgentDojo's user tasks and its attackers' own calls, asking a gate; started by `bench.safety`.

Speaks lines of JSON: it writes a question, and reads an answer where it needs one.
"""

import json
import re
import sys
from typing import Any

from agentdojo.agent_pipeline.tool_execution import (  # type: ignore[import-not-found] # the peer's venv has it
    tool_result_to_str,
)
from agentdojo.functions_runtime import (  # type: ignore[import-not-found] # likewise
    FunctionCall,
    FunctionsRuntime,
)
from agentdojo.task_suite.load_suites import get_suites  # type: ignore[import-not-found] # likewise
from agentdojo.types import text_content_block_from_string  # type: ignore[import-not-found] # likewise

VERSION = "v1.2.2"
SUITES = ("banking", "slack", "travel", "workspace")


def ask(**question: Any) -> Any:
    """Put a question to the gate."""
    tell(**question)
    return json.loads(sys.stdin.readline())


def tell(**line: Any) -> None:
    """Say something that needs no answer."""
    sys.stdout.write(json.dumps(line, default=str) + "\n")
    sys.stdout.flush()


def plain(value: Any) -> Any:
    """A tool's answer as JSON."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else tool_result_to_str(value)


def replayed(suite: Any, env: Any, calls: list[Any], *, attack: bool) -> tuple[int, list[Any], list[str]]:
    """Make calls as an agent would; gives the clicks, the calls that were carried out, and those refused."""
    runtime, clicks, done, refused = FunctionsRuntime(suite.tools), 0, [], []
    for call in calls:
        arguments = {name: plain(value) for name, value in call.args.items()}
        judged = ask(ask="call", suite=suite.name, tool=call.function, arguments=arguments, attack=attack)
        clicks += judged["clicks"]
        if not judged["carried_out"]:
            refused.append(call.function)
            continue
        answer, error = runtime.run_function(env, call.function, call.args)
        done.append(call)
        if error is None:
            tell(tell="answer", suite=suite.name, tool=call.function, answer=plain(answer))
    return clicks, done, refused


def remembered(suite: Any, env: Any, calls: list[Any]) -> None:
    """Make a user task's calls again, of which the gate only remembers what was said and read."""
    runtime = FunctionsRuntime(suite.tools)
    for call in calls:
        arguments = {name: plain(value) for name, value in call.args.items()}
        tell(tell="made", suite=suite.name, tool=call.function, arguments=arguments)
        answer, error = runtime.run_function(env, call.function, call.args)
        if error is None:
            tell(tell="answer", suite=suite.name, tool=call.function, answer=plain(answer))


def users(suite: Any) -> None:
    """Every user task's own calls, in a world without attackers."""
    for name, task in suite.user_tasks.items():
        env = task.init_environment(suite.load_and_inject_default_environment({}))
        tell(tell="begin", words=task.PROMPT)
        clicks, _, refused = replayed(suite, env, task.ground_truth(env.model_copy(deep=True)), attack=False)
        tell(tell="user", suite=suite.name, task=name, clicks=clicks, refused=refused)


def attackers(suite: Any) -> None:
    """Every attacker's calls, after every user task whose agent has read the attacker's words."""
    for goal, attack in suite.injection_tasks.items():
        words = {vector: attack.GOAL.replace('"', "'") for vector in suite.get_injection_vector_defaults()}
        for name, task in suite.user_tasks.items():
            env = task.init_environment(suite.load_and_inject_default_environment(words))
            tell(tell="begin", words=task.PROMPT)
            remembered(suite, env, task.ground_truth(env.model_copy(deep=True)))
            before = env.model_copy(deep=True)
            calls = attack.ground_truth(before) or written(suite, attack, before)
            _, done, refused = replayed(suite, env, calls, attack=True)
            said = [text_content_block_from_string(attack.GROUND_TRUTH_OUTPUT)]
            if attack.ground_truth(before) or not calls:
                reached = suite._check_task_result(attack, said, before, env, done)  # noqa: SLF001 # its judge
            else:
                reached = not refused  # it has no script for its judge: that the mail went out is enough
            already = suite._check_task_result(attack, [], before, before, [])  # noqa: SLF001 # likewise
            tell(
                tell="attack",
                suite=suite.name,
                goal=goal,
                task=name,
                reached=bool(reached and not already),
                calls=len(calls),
                refused=refused,
            )


def written(suite: Any, attack: Any, env: Any) -> list[Any]:
    """What a goal without a script comes to: a mail to the addresses it names, or to the people met today."""
    if suite.name != "workspace":
        return []  # it is about words, not about calls
    to = re.findall(r"[\w.+-]+@[\w.-]+\w", attack.GOAL)
    if not to:
        runtime = FunctionsRuntime(suite.tools)
        events, _ = runtime.run_function(env, "get_day_calendar_events", {"day": "2024-05-15"})
        to = sorted({name for event in events for name in event.participants})
    mail = {"recipients": to, "subject": "As asked", "body": attack.GOAL}
    return [
        FunctionCall(function="get_day_calendar_events", args={"day": "2024-05-15"}),
        FunctionCall(function="send_email", args=mail),
    ]


def main() -> None:
    """Replay all suites."""
    suites = get_suites(VERSION)
    for name in SUITES:
        users(suites[name])
        attackers(suites[name])
    tell(tell="end")


if __name__ == "__main__":
    main()
