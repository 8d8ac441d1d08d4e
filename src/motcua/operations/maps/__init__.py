"""The map of a wall: which units have a place, their shapes as SVG, names where there is room."""
