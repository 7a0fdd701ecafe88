"""What leaves for an outside model: personal and confidential values replaced by stand-ins, and put back."""

from mainspring.agents.privacy.stand_ins import StandIns

__all__ = ["StandIns"]
