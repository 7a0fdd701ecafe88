"""The digest: what an owner should know in the morning, and on Monday how the targets stand."""
