"""The public test kit: simulation, crash injection, fake services, conformance judges and made-up business data."""
