"""Pages of the registry: working calendars."""
