"""Reports written from the figures: the periodic form and the report of years."""
