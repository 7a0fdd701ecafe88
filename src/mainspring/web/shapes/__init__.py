"""What answers look like, for the OpenAPI document and the clients that are generated from it."""
