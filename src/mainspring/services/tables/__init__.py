"""The tables of the business systems, by subject; every one belongs to a tenant."""
