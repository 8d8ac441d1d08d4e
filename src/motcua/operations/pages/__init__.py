"""The pages of the Operations Centre: parse, ask, render."""
