"""What is wrong with a field, in words of this house: Django's own name neither field nor way out.

Words a form has written itself stay as they are.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

LONGEST_SHOWN = 40
CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxInput, forms.CheckboxSelectMultiple)


def said(bound: BoundField) -> list[str]:
    """Give the errors of a field as sentences that say what to do."""
    return [
        _in_our_words(bound, error) if _is_of_django(bound.field, error) else error.messages[0]
        for error in bound.errors.as_data()
    ]


def missing(label: object, *, is_chosen: bool = False) -> str:
    """Say that a field was left empty."""
    words = _("Choose: %(label)s.") if is_chosen else _("Fill in: %(label)s.")
    return words % {"label": label}


def _is_of_django(field: forms.Field, error: ValidationError) -> bool:
    """Say whether nobody wrote this message for this field."""
    given = [
        text
        for one in type(field).__mro__
        for text in vars(one).get("default_error_messages", {}).values()
    ]
    given += [getattr(type(one), "message", None) for one in field.validators]
    return any(error.message is text for text in given)


def _in_our_words(bound: BoundField, error: ValidationError) -> str:
    facts = {"label": bound.label, "typed": str(bound.value() or "")[:LONGEST_SHOWN]}
    params = error.params or {}
    if error.code == "required":
        return missing(bound.label, is_chosen=isinstance(bound.field.widget, CHOSEN))
    if error.code in ("invalid_choice", "invalid_list"):
        return _("This is not offered, or no longer. Choose again: %(label)s.") % facts
    if error.code == "max_length":
        facts |= {"shown": params["show_value"], "most": params["limit_value"]}
        return _("Shorten it: %(shown)s characters, at most %(most)s find room.") % facts
    if error.code == "invalid" and isinstance(bound.field, forms.DateField):
        return _("“%(typed)s” is not a day. Write it as 24/11/2026.") % facts
    if error.code == "invalid" and isinstance(bound.field, forms.IntegerField):
        return _("“%(typed)s” is not a number. Write digits only.") % facts
    return _("This cannot be used. Check and type again: %(label)s.") % facts
