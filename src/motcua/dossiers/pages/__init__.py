"""The pages of dossiers: parse, ask one query or action, render."""
