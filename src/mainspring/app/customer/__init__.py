"""The customer's face: what a signed link shows of one quote or order, and what may be done from it."""
