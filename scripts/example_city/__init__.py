"""data/example-city: a synthetic city of twelve fictitious counties (虚构示例), whose forms came back in all their mess."""
