"""Files of other systems: read, staged, checked and taken in as dossiers."""

from .command import import_dossiers
from .importing import acting_account
from .mapping import load as load_mapping
from .mapping import ready_mappings
from .outcome import Outcome

__all__ = ["Outcome", "acting_account", "import_dossiers", "load_mapping", "ready_mappings"]
