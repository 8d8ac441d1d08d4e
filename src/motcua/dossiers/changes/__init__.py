"""Changes of the calendar or of a limit, and the running dossiers that move with them.

`drafts` what is to change · `worlds` the registry with and without it · `reading` the dossiers it
may touch, as columns · `judging` which of them move · `previewing` a list of them that can be
looked at · `moving` moves them in small transactions · `going_on` what the worker calls.
"""
