"""Tables that people make themselves, with fields that a skill fills in and people review."""
