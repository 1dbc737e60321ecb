"""The campaign of attacks: damaged files, killed commands, full disks, lost machines; what was tried and what held."""
