"""Where units lie: official boundaries from a file, and cells around their points until then."""
