"""Counts in columns against the same counts added one by one."""

from operator import itemgetter

from hypothesis import given
from hypothesis import strategies as st

from motcua.indicators import counting
from motcua.indicators.measures import MEASURES
from motcua.indicators.table import Table

CODES = list(MEASURES)[:4]
KEYS = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))
ROWS = st.dictionaries(KEYS, st.fixed_dictionaries({code: st.integers(0, 9) for code in CODES}))


@given(rows=ROWS)
def test_a_table_says_what_its_rows_say(rows: dict[tuple[str, str], dict[str, int]]) -> None:
    table = Table.of(rows)

    assert table == rows
    assert list(table) == list(rows)
    assert table.total() == counting.add(list(rows.values()))
    for place in (0, 1):
        names = {key[place] for key in rows}
        assert table.by(itemgetter(place)) == {
            name: counting.add([n for key, n in rows.items() if key[place] == name])
            for name in names
        }
    if rows:
        both = {key: (first, last) for key, first, last in table.columns(CODES[0], CODES[-1])}
        assert both == {key: (n[CODES[0]], n[CODES[-1]]) for key, n in rows.items()}


def test_what_one_row_does_not_know_the_table_does_not_know() -> None:
    table = Table.of({"a": {"received": 1, "resolved": 2}, "b": {"received": 3}})

    assert table.codes == ("received",)
    assert table["b"] == {"received": 3}
    assert "resolved" not in table["a"]
