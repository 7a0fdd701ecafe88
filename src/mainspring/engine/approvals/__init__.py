"""What people may do with user tasks and cases beyond answering; docs/approvals.md tells it in tokens."""
