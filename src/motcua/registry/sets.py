"""Closed sets of the registry: kinds of bodies, of papers, of steps, channels."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is. A new kind of body is a new value, never a subclass."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    AGENCY = "agency"
    BRANCH = "branch"
    CENTRE = "centre"
    OFFICE = "office"


class Channel(StrEnum):
    """The way a dossier comes in; empty text in a limit means every channel."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"
    OTHER = "other"


class Handling(StrEnum):
    """Whether a component stays with the dossier or is only looked at."""

    HANDED_IN = "handed_in"
    SHOWN = "shown"


class CopyKind(StrEnum):
    """The form of a paper."""

    ORIGINAL = "original"
    COPY = "copy"
    CERTIFIED_COPY = "certified_copy"
    ELECTRONIC = "electronic"


class StepRole(StrEnum):
    """Who does a step of the internal process."""

    CLERK = "clerk"
    SPECIALIST = "specialist"
    HEAD = "head"
    SIGNATORY = "signatory"
    REGISTRY_CLERK = "registry_clerk"
