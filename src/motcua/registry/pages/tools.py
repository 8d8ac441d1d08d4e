"""What whoever keeps a calendar can do from a day: each way leads to a form or to a removal."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.kit.calendar import DayKind
from motcua.kit.words import gettext_noop
from motcua.registry.draft_params import ENTER, HOURS, SWAP, to_params
from motcua.registry.drafts import WeekDraft
from motcua.registry.rules import NoSuchEntry
from motcua.registry.years import WeekInForce

from .scene import Scene

DAY_TOOLS = (
    (gettext_noop("Closure"), "ban", {"do": ENTER, "kind": DayKind.CLOSURE}),
    (gettext_noop("Day off"), "calendar-off", {"do": ENTER, "kind": DayKind.HOLIDAY}),
    (gettext_noop("Swap with another day"), "arrows-exchange", {"do": SWAP}),
    (gettext_noop("Worked day"), "calendar-plus", {"do": ENTER, "kind": DayKind.WORKED}),
    (gettext_noop("Receiving only"), "inbox", {"do": ENTER, "kind": DayKind.SERVED}),
)
WEEK_TOOLS = (
    (gettext_noop("Set the working hours"), "clock", {"do": HOURS}),
    (gettext_noop("Set the service hours"), "clock-play", {"do": HOURS, "service": "1"}),
)


def tools_for(scene: Scene, day: date) -> dict[str, list[tuple[str, str, str]]]:
    """Give the tools of a day and of the week, as (words, icon, address); none for readers."""
    if not scene.may_keep(scene.place.unit_key):
        return {"day": [], "week": [], "year": []}
    page = reverse("registry:change", args=(scene.place.param,))
    return {
        "day": [
            (_(words), icon, f"{page}?{urlencode({**said, 'day': day.isoformat()})}")
            for words, icon, said in DAY_TOOLS
        ],
        "week": [
            (_(words), icon, f"{page}?{urlencode({**said, 'valid_from': day.isoformat()})}")
            for words, icon, said in WEEK_TOOLS
        ],
        "year": [
            (
                _("Take in a decree"),
                "package-import",
                reverse("registry:decree", args=(scene.place.param,)),
            )
        ],
    }


def week_removal_of(scene: Scene, one: WeekInForce) -> dict[str, str]:
    """Give what removes hours of the place's own, for who may remove them; else nothing."""
    is_own = one.unit_key == scene.place.unit_key
    if one.since is None or not is_own or not scene.may_keep(one.unit_key):
        return {}
    draft = WeekDraft(one.since, {}, "", "", one.unit_key, one.is_service, is_removal=True)
    return to_params(draft)


def removal_of(scene: Scene, entry_id: int) -> str:
    """Give the numbers of the entries that go together, for who may remove them; else nothing.

    On the calendar of a commune the nation's day is shown, but removed on the nation's own only.
    """
    if not entry_id:
        return ""
    try:
        row = scene.known.entry(entry_id)
    except NoSuchEntry:
        return ""
    if row.unit_key != scene.place.unit_key or not scene.may_keep(row.unit_key):
        return ""
    pair = [
        other.entry_id
        for other in scene.voices.entries
        if row.counterpart is not None
        and (other.unit_key, other.day, other.counterpart)
        == (row.unit_key, row.counterpart, row.day)
    ]
    return ",".join(map(str, sorted({entry_id, *pair})))
