"""Which runs there are, each checked before any starts, and which of them are due."""
