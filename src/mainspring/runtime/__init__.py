"""The runtime: drives the engine over the store; commands, jobs, timers, messages, signals."""

from mainspring.runtime.deploy import Deployed, Deployment
from mainspring.runtime.errors import (
    Denied,
    DeploymentRefused,
    DuplicateMessage,
    EndlessError,
    NotFound,
    StaleLease,
)
from mainspring.runtime.guard import AllowAll, Facts, Guard
from mainspring.runtime.jobs import Job
from mainspring.runtime.runtime import Runtime

__all__ = [
    "AllowAll",
    "Denied",
    "Deployed",
    "Deployment",
    "DeploymentRefused",
    "DuplicateMessage",
    "EndlessError",
    "Facts",
    "Guard",
    "Job",
    "NotFound",
    "Runtime",
    "StaleLease",
]
