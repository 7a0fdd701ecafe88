"""The ground floor: errors, JSON, canonical JSON, XML, Merkle trees. No domain, no input or output."""
