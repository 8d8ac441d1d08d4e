"""Refusals: the ways a rule may say no to a person.

A refusal is expected and shown to the person who asked. Anything else that is raised is a
bug and ends as an error page and an alert to the maintainers.
"""

import re

from motcua.kit.words import gettext_noop

UNPROCESSABLE = 422
FORBIDDEN = 403
NOT_FOUND = 404
PLACE = re.compile(r"%\((\w+)\)[sd]")  # any other per cent sign of a message is one


class Refused(Exception):
    """A rule said no. Subclass it beside the rule that raises it.

    `message` is an English msgid with `%(name)s` places; the page translates it and fills in
    `facts`. `status` is the HTTP status a page answers with. `legal_basis` names the article,
    where there is one.
    """

    message = gettext_noop("This is not possible.")
    status = UNPROCESSABLE
    legal_basis = ""

    def __init__(self, **facts: object) -> None:
        said = {name: str(fact) for name, fact in facts.items()}
        super().__init__(PLACE.sub(lambda place: said.get(place[1], place[0]), self.message))
        self.facts = facts
