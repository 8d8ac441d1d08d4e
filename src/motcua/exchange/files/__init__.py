"""Files of other systems: read, staged, checked and taken in as dossiers."""
