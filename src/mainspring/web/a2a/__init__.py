"""Digital employees as A2A agents: a card for each, tasks that become cases of a process."""
