"""The written summary of a periodic report: what the figures say, each number with its list."""

from motcua.indicators import queries
from motcua.indicators.queries import Overview, Row
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _
from motcua.operations.links import Links
from motcua.ui import formats
from motcua.ui.documents.blocks import Span

from .words import opening, rate, shared_out, told


def summary(overview: Overview, before: Row, links: Links) -> list[list[Span]]:
    """Give the sentences. `before`: the same question over the period before."""
    total = overview.total
    return [
        _received(total, links),
        _compared(total, before, overview.asked.period.before(), links),
        _resolved(total, links),
        *_late(overview, links),
        _open(total, links),
        *_overdue(overview, links),
        *_ends(total, links),
    ]


def before_of(overview: Overview) -> Row:
    """Give the figures of the period before, of the same question."""
    asked = overview.asked
    earlier = queries.Asked(
        asked.period.before(), asked.now, asked.units, asked.field, channel=asked.channel,
        boundaries=asked.boundaries,
    )  # fmt: skip
    return Row.of("", "", queries.totals(earlier))


def _received(total: Row, links: Links) -> list[Span]:
    carried = opening(total, links, "carried_over")
    if not total.counts["received"]:
        none = _("No dossier was received in the period; carried over from before: %(carried)s.")
        return told(none, carried=carried)
    said = _(
        "Received in the period: %(received)s, of these online %(online)s (%(share)s), directly,"
        " by post or another way %(direct)s; carried over from the period before: %(carried)s."
    )
    return told(
        said,
        received=opening(total, links, "received"),
        online=opening(total, links, "online"),
        share=rate(total.rates["online_share_of_all"]),
        direct=opening(total, links, "direct_post_other"),
        carried=carried,
    )


def _compared(total: Row, before: Row, earlier: Period, links: Links) -> list[Span]:
    days = f"{formats.day(earlier.first)} – {formats.day(earlier.last)}"
    was, now = before.counts["received"], total.counts["received"]
    if not was:
        return told(_("The period before (%(days)s) has no receipts to compare with."), days=days)
    said = (
        _(
            "Receipts are %(size)s more than the %(was)s of the period before"
            " (%(days)s): +%(share)s."
        )
        if now > was
        else _(
            "Receipts are %(size)s fewer than the %(was)s of the period before"
            " (%(days)s): −%(share)s."
        )
        if now < was
        else _("Receipts are as many as the %(was)s of the period before (%(days)s).")
    )
    return told(
        said,
        size=formats.number(abs(now - was)),
        was=Span(formats.number(was), links.over("received", earlier), is_strong=True, value=was),
        days=days,
        share=formats.share(abs(now - was), was),
    )


def _resolved(total: Row, links: Links) -> list[Span]:
    if not total.counts["resolved"]:
        return told(_("No dossier was resolved in the period."))
    said = _(
        "Resolved: %(resolved)s; early %(early)s, on the day or without a due date %(day)s, late"
        " %(late)s. On-time rate of those with a due date: %(rate)s."
    )
    return told(
        said,
        resolved=opening(total, links, "resolved"),
        early=opening(total, links, "early"),
        day=opening(total, links, "on_the_day_or_no_due"),
        late=opening(total, links, "late"),
        rate=rate(total.rates["on_time_rate"]),
    )


def _late(overview: Overview, links: Links) -> list[list[Span]]:
    if not overview.total.counts["late"]:
        return (
            [told(_("No dossier was resolved late."))] if overview.total.counts["resolved"] else []
        )
    by_field, by_unit = _("Late by field: %(rows)s."), _("Late by unit: %(rows)s.")
    return _by_both(overview, links, "late", by_field=by_field, by_unit=by_unit)


def _open(total: Row, links: Links) -> list[Span]:
    if not total.counts["open"]:
        return told(_("No dossier was in process at the end of the period."))
    said = _(
        "In process at the end of the period: %(open)s; not overdue %(in_time)s (of these the clock"
        " stands still for %(waiting)s), overdue %(overdue)s."
    )
    return told(
        said,
        open=opening(total, links, "open"),
        in_time=opening(total, links, "open_not_overdue"),
        waiting=opening(total, links, "waiting"),
        overdue=opening(total, links, "overdue"),
    )


def _overdue(overview: Overview, links: Links) -> list[list[Span]]:
    if not overview.total.counts["overdue"]:
        return []
    by_field, by_unit = _("Overdue by field: %(rows)s."), _("Overdue by unit: %(rows)s.")
    return _by_both(overview, links, "overdue", by_field=by_field, by_unit=by_unit)


def _ends(total: Row, links: Links) -> list[list[Span]]:
    """Say what the data themselves tell of the ends; a cause nobody recorded is not guessed."""
    pieces = (
        ("withdrawn", _("Withdrawn, stopped or refused after receipt: %(number)s.")),
        ("on_time_after_extension", _("On time only after an extension: %(number)s.")),
        ("late_after_extension", _("Late in spite of an extension: %(number)s.")),
        ("transferred_in", _("Handed over to the unit: %(number)s.")),
        ("transferred_out", _("Handed over to another body: %(number)s.")),
    )
    return [
        told(message, number=opening(total, links, code))
        for code, message in pieces
        if total.counts[code]
    ]


def _by_both(
    overview: Overview, links: Links, measure: str, *, by_field: str, by_unit: str
) -> list[list[Span]]:
    return [
        shared_out(overview, links, measure=measure, only=only, message=message)
        for only, message in (("field", by_field), ("unit", by_unit))
    ]
