"""Authoring of the demo company: run `python -m tools.demo_company.build` from the root of the repository."""
