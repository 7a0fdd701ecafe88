"""Who may do what, who must confirm, and the proof of it: identity, policies, ladder, approvals, evidence."""
