"""What a dossier may do next. Pure: no clock, no database, no pages."""
