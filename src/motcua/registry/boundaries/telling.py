"""What the command line says of a file of boundaries, to a person and to a machine."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from motcua.registry.actions.boundaries import Taken
from motcua.registry.boundaries.planning import Plan
from motcua.registry.boundaries.refusals import Wrong
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats
from motcua.ui.doors import words_of

MOST_NAMED = 20


def plan_as_dict(plan: Plan, taken: Taken | None) -> dict[str, object]:
    """Give what a file keeps, or would keep, for a machine; `taken` None: nothing was written."""
    counts = (
        {"added": taken.added, "replaced": taken.replaced, "unchanged": taken.unchanged}
        if taken
        else {}
    )
    return {
        "written": taken is not None,
        "valid_on": plan.on.isoformat(),
        "source": plan.draft.source,
        "features": plan.features,
        "units": sorted(plan.draft.areas),
        **counts,
        "mended": dict(plan.mended),
        "unknown": list(plan.unknown),
        "point_outside": list(plan.elsewhere),
        "renamed": dict(plan.renamed),
        "overlapping": [list(pair) for pair in plan.overlapping],
    }


def plan_as_text(plan: Plan, taken: Taken | None, *, known: Catalogue) -> str:
    """Give what a file keeps, or would keep, for a person; `taken` None: nothing was written."""
    named = {card.key: f"{card.code} {card.name}" for card in known.units()}
    facts = {
        "features": plan.features,
        "units": len(plan.draft.areas),
        "on": formats.day(plan.on),
        "unknown": len(plan.unknown),
    }
    head = _("%(features)s features: boundaries of %(units)s units of %(on)s.") % facts
    lines = [head, _outcome(taken)]
    lines += [
        _("Mended: %(unit)s (%(why)s); its area is kept.") % {"unit": named[key], "why": why}
        for key, why in plan.mended.items()
    ]
    if plan.unknown:
        text = _("%(unknown)s codes belong to no unit of %(on)s and were left out: %(codes)s.")
        lines.append(text % {**facts, "codes": _listed(plan.unknown)})
    if plan.renamed:
        text = _("%(count)s units have another name in the file; is it of that day? %(units)s.")
        names = _listed([f"{named[key]} ≠ {name}" for key, name in plan.renamed.items()])
        lines.append(text % {"count": len(plan.renamed), "units": names})
    if plan.elsewhere:
        text = _(
            "The point of %(count)s units lies outside their boundary; is the file of that day?"
            " Codes are used again: %(units)s."
        )
        names = _listed([named[key] for key in plan.elsewhere])
        lines.append(text % {"count": len(plan.elsewhere), "units": names})
    if plan.overlapping:
        text = _("%(count)s pairs of units overlap: %(units)s.")
        pairs = _listed([f"{named[one]} – {named[other]}" for one, other in plan.overlapping])
        lines.append(text % {"count": len(plan.overlapping), "units": pairs})
    return "\n".join(lines)


def wrong_as_dict(said: str, wrong: Sequence[Wrong]) -> Mapping[str, object]:
    """Give why a file was refused, for a machine."""
    rows = [
        {"feature": one.number, "name": one.name, "reason": words_of(one.refusal)} for one in wrong
    ]
    return {"written": False, "refused": said, "wrong": rows}


def wrong_as_text(wrong: Sequence[Wrong]) -> str:
    """Give which features cannot be used and why, a line each."""
    return "\n".join(f"  {one.number} {one.name}: {words_of(one.refusal)}" for one in wrong)


def _outcome(taken: Taken | None) -> str:
    if taken is None:
        return _("Nothing was written.")
    if not taken.added and not taken.replaced:
        return _("All of them stand already: nothing was changed.")
    facts = {"added": taken.added, "replaced": taken.replaced, "unchanged": taken.unchanged}
    return _("%(added)s added, %(replaced)s replaced, %(unchanged)s unchanged.") % facts


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} … (+{more})" if more > 0 else shown
