"""A run's files as they are stored: published whole or not at all, with a manifest of what they were made from."""
