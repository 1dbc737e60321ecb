"""The review of self-evaluations (复核): its lines, what the rules propose, deviations, and what reviewers' words say."""
