"""Adapters: how an operation is carried out by a service behind some protocol."""

from mainspring.gateway.adapters.kinds import KINDS, build, discover
from mainspring.gateway.adapters.port import Adapter, Ports

__all__ = ["KINDS", "Adapter", "Ports", "build", "discover"]
