"""Whether a plan, a wish or a question is told as what happened, and what happened as open."""
