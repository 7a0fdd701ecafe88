"""The customer's page and its interface: no session, only a signed link, and nothing else to reach."""
