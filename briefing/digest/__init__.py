"""The life of a daily digest: due, made, queued, sent. Edges come in as arguments."""
