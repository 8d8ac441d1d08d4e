"""Changes of the calendar or of a limit, and the running dossiers that move with them.

**Who moves:** running dossiers counted by our rules whose due moment is another with the change
than without it. Closed ones, appointments of other systems and extensions stay; a pause after an
extension is counted by the new calendar. One that stands elsewhere than the registry says stays
unless the change itself touches it. Warning days are told anew only when the due moment moves. A
corrected limit touches running dossiers only when its decision says so; otherwise it is a version
of its own from a day on.

**What follows:** with the calendar also the smaller limits, though the due moment stands: of the
step, of the receipt of a filing, of the applicant's answer (`rules.following`); and the moment the
clock looks next, of everybody in reach. They are no moved dossiers and in no list: the page tells
how many. One that stands elsewhere than it was counted stays, as do limits agreed with another
body (legs).

**Preview:** candidates by narrow SQL, columns in chunks, `kit.clock.batch` under two catalogues
(`registry.supposing`); the list lies in packed pages. **Applying:** the registry entry in one act,
then pages of 500 dossiers, each judged again under its lock, then another look until nobody is
found. **Reversing** brings each to the very moment it had, if it still stands where the change put
it and is counted without the change as it was then; the others are counted. What a later change
lies over is not reversed before that one.

`drafts` what is to change · `worlds` the registry with and without it · `reading` the dossiers it
may touch, as columns · `counting`, `judging` which of them move · `previewing` the list · `looking`
who has to be looked at · `moving` the small transactions · `going_on` what the worker calls ·
`taking_back` what lies over a change · `listing` the rows as they are shown.
"""
