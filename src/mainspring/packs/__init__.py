"""What ships: whole processes with their models, tables, forms, digital employees and data."""
