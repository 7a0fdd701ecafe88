"""Knowledge: what stands in documents, with its place, so that every statement can be shown in its source."""
