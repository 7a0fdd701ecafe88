"""Tables that people make, and the firm's books as such tables: look, write, fill, bring in."""
