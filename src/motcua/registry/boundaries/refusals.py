"""Why a file of boundaries, or one feature of it, cannot be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Wrong:
    """A feature that cannot be used: its place in the file, what it is called, and why."""

    number: int
    name: str
    refusal: Refused


class TooLargeForBoundaries(Refused):
    """Far more than a map."""

    message = gettext_noop(
        "The file has %(size)s MB; boundaries have at most %(most)s MB. Simplify it or take one"
        " province only. Nothing was changed."
    )


class NotUtf8(Refused):
    """The bytes are no UTF-8."""

    message = gettext_noop(
        "The file is not in UTF-8 (line %(line)s). Save the GeoJSON as UTF-8 and try again."
        " Nothing was changed."
    )


class Zipped(Refused):
    """A shapefile or workbook in a ZIP."""

    message = gettext_noop(
        "The file is a ZIP, not GeoJSON. Unpack it and convert a shapefile to GeoJSON in"
        " EPSG:4326. Nothing was changed."
    )


class BrokenOff(Refused):
    """JSON that ends too early."""

    message = gettext_noop(
        "The file breaks off in line %(line)s: it is only a part. Fetch it again; nothing was"
        " changed."
    )


class NotJson(Refused):
    """Something else than JSON."""

    message = gettext_noop(
        "The file is no JSON (line %(line)s, column %(column)s). Give a GeoJSON file. Nothing was"
        " changed."
    )


class NotFeatures(Refused):
    """JSON of another kind."""

    message = gettext_noop(
        "The file is JSON, but no GeoJSON FeatureCollection (found: %(found)s). Nothing was"
        " changed."
    )


class NoFeatures(Refused):
    """A collection of nothing."""

    message = gettext_noop("The file has no features. Nothing was changed.")


class OtherCoordinates(Refused):
    """The file itself names another coordinate system."""

    message = gettext_noop(
        "The file names the coordinate system %(found)s. Convert it to longitude and latitude"
        " (EPSG:4326, WGS 84). Nothing was changed."
    )


class NoCodes(Refused):
    """No feature says which unit it is."""

    message = gettext_noop(
        "No feature carries the code of a unit. Looked for the properties %(looked)s; found"
        " %(found)s. Nothing was changed."
    )


class NoneKnown(Refused):
    """A map of another province."""

    message = gettext_noop(
        "None of the %(count)s codes belongs to a unit of %(on)s (%(codes)s). Is it the file of"
        " another province? Nothing was changed."
    )


class FeaturesWrong(Refused):
    """Some features cannot be used; `wrong` says which and why."""

    message = gettext_noop(
        "%(wrong)s of %(features)s features cannot be used. Nothing was changed. Mend them and"
        " try again."
    )

    def __init__(self, wrong: Sequence[Wrong], *, features: int) -> None:
        super().__init__(wrong=len(wrong), features=features)
        self.wrong = tuple(wrong)


class NoCode(Refused):
    """The feature does not say which unit it is."""

    message = gettext_noop("The feature has no code of a unit.")


class CodeTwice(Refused):
    """Two features for one unit."""

    message = gettext_noop(
        "The code %(code)s stands in feature %(first)s already. Join both to one MultiPolygon."
    )


class NoArea(Refused):
    """No geometry, or one without anything in it."""

    message = gettext_noop("The feature has no geometry, or one without any area.")


class NotAnArea(Refused):
    """A point or a line."""

    message = gettext_noop("The geometry is a %(found)s; boundaries are Polygon or MultiPolygon.")


class BrokenGeometry(Refused):
    """Coordinates that are no coordinates."""

    message = gettext_noop("The coordinates of the geometry cannot be read.")


class CrossesItself(Refused):
    """A polygon that cannot be mended without changing its area."""

    message = gettext_noop(
        "The boundary crosses itself (%(why)s), and mending it would change its area."
    )


class SwappedAxes(Refused):
    """Latitude stands first."""

    message = gettext_noop(
        "Latitude and longitude are exchanged (%(x)s, %(y)s). GeoJSON writes longitude first."
    )


class Metres(Refused):
    """Projected coordinates."""

    message = gettext_noop(
        "The coordinates (%(x)s, %(y)s) are metres of a projection such as VN-2000, not degrees."
        " Convert the file to EPSG:4326."
    )


class OutsideVietnam(Refused):
    """Somewhere else."""

    message = gettext_noop("The coordinates (%(x)s, %(y)s) lie outside Việt Nam.")
