"""Mail: letters come in from the mailbox and go out through it, in threads that stay with their cases."""
