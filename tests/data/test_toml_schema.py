"""A declaration is one class: its keys, their shapes and checks follow from fields, types and defaults."""

from dataclasses import dataclass, fields
from typing import Annotated, Literal

from data.catalogue import Indicator, Source
from data.targets import Target
from data.toml_schema import TEXT_FIELDS, Check, Field, Text, TomlFile, check_table, declared, fields_of


@dataclass(frozen=True)
class Part:
    since: str
    why: Text


@dataclass(frozen=True, kw_only=True)
class Machine:
    id: str
    name: Text
    colour: Literal["red", "blue"]
    weight: Annotated[float, Check(least=0)] | None = None
    wheels: Annotated[int, Check(least=2)]
    old: bool = False
    uses: tuple[Literal["road", "field"], ...]
    hints: tuple[Text, ...] = ()
    parts: tuple[Part, ...] = ()


FIELDS = fields_of(Machine, ("id",))
SOUND = {"name": {"kk": "а", "ru": "б", "en": "c"}, "colour": "red", "wheels": 4, "uses": ["road"]}


def problems(table: dict[str, object]) -> list[str]:
    lines = ["[[parts]]" if key == "parts" else f"{key} = " for key in table]
    return [str(problem) for problem in check_table(TomlFile("m.toml", dict(table), lines), table, FIELDS)]


def test_fields_follow_from_the_class() -> None:
    assert (
        Field("name", "text"),
        Field("colour", "string", check=Check(("red", "blue"))),
        Field("weight", "number", required=False, check=Check(least=0)),
        Field("wheels", "whole", check=Check(least=2)),
        Field("old", "boolean", required=False),
        Field("uses", "list", check=Check(("road", "field"))),
        Field("hints", "rows", required=False, rows=TEXT_FIELDS),
        Field("parts", "rows", required=False, rows=(Field("since", "string"), *TEXT_FIELDS)),
    ) == FIELDS


def test_every_check_of_the_class_is_held() -> None:
    assert problems(SOUND) == []
    bad = {**SOUND, "wheels": 1, "colour": "rad", "uses": ["road", "sea"], "weight": -0.5, "old": 1}
    assert problems(bad) == [
        'm.toml:2: colour "rad" is unknown; did you mean "red"?',
        "m.toml:5: weight -0.5 is below 0; write 0 or more",
        "m.toml:3: wheels 1 is below 2; write 2 or more",
        'm.toml:6: "old" is not true or false; write old = true or old = false',
        'm.toml:4: uses "sea" is unknown; write one of: field, road',
    ]
    assert problems({**SOUND, "parts": [{"since": "2020", "kk": "а", "ru": "б"}]}) == [
        'm.toml:5: "en" is missing; add en = …'
    ]


def test_a_sound_table_is_declared_with_its_defaults() -> None:
    machine = declared(Machine, SOUND, id="cart")
    assert machine == Machine(
        id="cart", name=SOUND["name"], colour="red", wheels=4, uses=("road",), weight=None, old=False
    )


def test_a_field_added_to_a_declaration_is_a_key_of_its_file() -> None:
    for declaration, elsewhere in (
        (Indicator, {"id"}),
        (Source, {"id"}),
        (Target, {"kind", "state", "figure_text"}),
    ):
        keys = {field.key for field in fields_of(declaration, elsewhere)}
        assert keys == {field.name for field in fields(declaration)} - elsewhere
