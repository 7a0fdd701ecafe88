"""Digital employees: skills, models, memory, thresholds, evaluation."""
