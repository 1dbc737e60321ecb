"""One notebook executed with one set of parameters: the cells' engine, the cleaned result, why it failed."""
