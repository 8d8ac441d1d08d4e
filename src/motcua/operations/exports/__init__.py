"""Files of what the wall and its lists show: complete, or refused in words."""
