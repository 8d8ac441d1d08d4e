"""A mapping says what is wrong with it, and where."""

from pathlib import Path

import pytest

from motcua.exchange.files.fields import Channel, Field
from motcua.exchange.files.mapping import load, ready_mappings
from motcua.exchange.files.refusals import MappingUnknown, MappingWrong
from tests.exchange.given import PLAIN, mapping_file


def test_ready_mappings_are_found_by_name_with_or_without_folder_and_ending() -> None:
    assert ready_mappings() == [
        "boston311.toml",
        "motcua_log.toml",
        "one_stop_sheet.toml",
        "receipt.toml",
    ]
    for name in ("boston311", "boston311.toml", "mappings/boston311.toml"):
        assert load(name).source == "boston311"


def test_a_file_of_ones_own_comes_before_a_ready_one(tmp_path: Path) -> None:
    own = tmp_path / "boston311.toml"
    own.write_text(PLAIN, encoding="utf-8")

    assert load(str(own)).source == "plain"


def test_an_unknown_mapping_names_the_ready_ones() -> None:
    with pytest.raises(MappingUnknown, match="one_stop_sheet"):
        load("nothing.toml")


def test_names_and_words_are_compared_without_marks_case_and_punctuation(tmp_path: Path) -> None:
    text = PLAIN.replace('"id"', '["SỐ  Hồ sơ:", "Mã"]') + '[words.channel]\nonline = "Trực tuyến"'

    plan = load(str(mapping_file(tmp_path, text)))

    assert plan.columns[Field.KEY].names == ("so ho so", "ma")
    assert plan.words[Field.CHANNEL] == {"truc tuyen": Channel.ONLINE}


def test_a_column_may_be_in_utc_and_have_its_own_minute_for_whole_days(tmp_path: Path) -> None:
    text = PLAIN.replace(
        'ended_at = "ended"', 'ended_at = { names = "e", clock = "utc", whole_day_at = "11:30" }'
    )

    column = load(str(mapping_file(tmp_path, text))).columns[Field.ENDED_AT]

    assert (column.shift, column.whole_day_at) == (7 * 60, 11 * 60 + 30)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("source = [", "no TOML"),
        (PLAIN.replace('"plain"', '"Hồ sơ"'), "source must be"),
        (PLAIN.replace('source = "plain"', ""), "source must be text"),
        (PLAIN.replace('key = "id"', ""), "columns.key is missing"),
        (PLAIN.replace('received_at = "received"', ""), "columns.received_at is missing"),
        (PLAIN + 'colour = "x"', "columns.colour is unknown"),
        ("surce = 1\n" + PLAIN, "surce is unknown"),
        (PLAIN.replace('"due"', "5"), "columns.due_at must be a name, a list"),
        (PLAIN.replace('"due"', "[]"), "columns.due_at.names"),
        (PLAIN.replace('"due"', '["  "]'), "columns.due_at.names"),
        (PLAIN.replace('"due"', '{ name = "x" }'), "columns.due_at.name is unknown"),
        (PLAIN.replace('"due"', '{ names = "x", clock = "gmt" }'), "clock must be one of"),
        (PLAIN.replace('"due"', '{ names = "x", whole_day_at = "25:00" }'), "must be a time"),
        (PLAIN.replace('"due"', '{ names = "x", needed = "yes" }'), "true or false"),
        (PLAIN.replace('"unit"', '{ names = "x", clock = "utc" }'), "no moment"),
        (PLAIN + "[words]\nchannel = 1", "words.channel must be a table"),
        (PLAIN + '[words.unit]\nx = "y"', "words.unit is unknown"),
        (PLAIN + '[words.channel]\nfax = "y"', "words.channel.fax is unknown"),
        (PLAIN + '[words.channel]\nonline = "a"\npost = "A"', "two meanings"),
        (PLAIN + '[file]\nencoding = "latin"', "file.encoding must be one of"),
        (PLAIN + '[file]\nseparator = ";"', "file.separator must be one of"),
        (PLAIN + '[rules]\nvalid_from = "2015"', "rules.valid_from must be a day"),
        ("units = 1\n" + PLAIN, "units must be a table"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(MappingWrong, match=complaint):
        load(str(mapping_file(tmp_path, text)))
