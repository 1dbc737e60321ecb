"""The panels of the explorer: each shows one part of a session and changes it."""
