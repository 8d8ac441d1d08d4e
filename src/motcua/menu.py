"""The menu around staff pages, as one list. A line shows to whoever may open it."""

from motcua.accounts.permissions import Permission
from motcua.kit.words import gettext_noop
from motcua.ui.menu import Block, Item, Shell

SHELL = Shell(
    brand="Motcua",
    home_view="home",
    blocks=(
        Block(
            gettext_noop("Dossiers"),
            (
                Item(gettext_noop("My work"), "dossiers:work", "inbox", Permission.READ_DOSSIERS),
                Item(
                    gettext_noop("Receive a dossier"),
                    "dossiers:new",
                    "plus",
                    (Permission.RECEIVE_DOSSIER, Permission.FILE_DOSSIER),
                ),
                Item(
                    gettext_noop("Find a dossier"),
                    "dossiers:search",
                    "list-search",
                    Permission.READ_DOSSIERS,
                ),
            ),
        ),
        Block(
            gettext_noop("Operations Centre"),
            (
                Item(gettext_noop("Wall"), "operations:wall", "gauge", Permission.READ_WALL),
                Item(
                    gettext_noop("Reports"),
                    "operations:reports",
                    "report-analytics",
                    Permission.READ_WALL,
                ),
                Item(
                    gettext_noop("This morning"),
                    "operations:morning",
                    "clock",
                    Permission.READ_WALL,
                ),
                Item(
                    gettext_noop("Saved walls and kiosks"),
                    "operations:kiosks",
                    "eye",
                    Permission.KEEP_KIOSKS,
                ),
                Item(
                    gettext_noop("Readers of the ledger"),
                    "operations:readers",
                    "server",
                    Permission.READ_READERS,
                ),
            ),
        ),
        Block(
            gettext_noop("Law and time"),
            (
                Item(
                    gettext_noop("Working calendar"),
                    "registry:calendars",
                    "calendar",
                    (
                        Permission.READ_DOSSIERS,
                        Permission.READ_WALL,
                        Permission.KEEP_CALENDARS,
                    ),
                ),
                Item(
                    gettext_noop("Changes and who moves"),
                    "dossiers:changes",
                    "arrows-exchange",
                    (Permission.KEEP_CALENDARS, Permission.KEEP_PROCEDURES),
                ),
            ),
        ),
    ),
    search_view="dossiers:search",
    sign_out_view="accounts:sign_out",
    account_view="accounts:change_password",
)
