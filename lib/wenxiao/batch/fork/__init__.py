"""Reports made in children of a fork server, a process that has everything loaded."""
