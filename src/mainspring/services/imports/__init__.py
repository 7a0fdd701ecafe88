"""A firm's own spreadsheets: columns guessed, rows checked, written whole or not at all, undone as one."""
