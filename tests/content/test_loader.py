"""The loader: a good tree loads in one pass; planted faults are found with file and line, all at once."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.campaign.campaign import FieldRule, Reminder
from bot.content.catalog import Catalog, Fault, Signer, Source, TextKind, TextStatus
from bot.content.loader import find_names, load
from bot.content.loading.files import LARGEST

TREE = {
    "organisations.toml": """\
[[organisation]]
slug = "north"
name = "Northern League of Labour"
english = "Northern Workers"
acronym = "NLL"
aliases = ["The North"]
country = "SE"

[[organisation]]
slug = "south"
name = "Sur"
original = "ใต้"
country = "TH"
place = "South/Thailand"
line = "Sur (South)"

[[organisation]]
slug = "world"
name = "World Assembly"
international = true
""",
    "statements/bread/en.md": """\
+++
title = "Bread!"
original = true
dated = 2024-01-31
kind = "full"
initiators = ["north", "world"]

[source]
title = "A page"
url = "https://example.test/bread"
published = 2024-02-01
+++

We want *bread*.

- white
- brown
""",
    "statements/bread/ms.md": """\
+++
title = "Roti!"
dated = 2024-02-02
kind = "summary"
translates = "e66e9f25e37b"
+++

Kami mahu roti.
""",
    "occasions/first-congress.md": """\
+++
host = "south"
begins = 2024-05-01
ends = 2024-05-02
place = "Hat Yai"

[titles]
en = "First congress"
ms = "Kongres pertama"
+++
""",
    "greetings/first-congress/north.md": """\
+++
organisations = ["north", "world"]
order = 2
language = "en"
kind = "summary"
note = "Said “second congress”."

[[signer]]
name = "A. Person"
role = "Secretary"

[[signer]]
name = "B. Person"

[source]
title = "A page"
+++

We greet you.
""",
    "greetings/first-congress/north.ms.md": """\
+++
kind = "summary"
status = "official"
translates = "000000000000"
+++

Salam.
""",
    "greetings/first-congress/world.md": """\
+++
organisations = ["world"]
order = 1
language = "en"
kind = "full"
dated = 2024-04-30

[source]
title = "A page"
+++

Hello.
""",
    "campaigns/bread.toml": """\
statement = "bread"
zone = "Asia/Bangkok"
opens = 2024-02-01T00:00:00+07:00
closes = 2024-03-01T00:00:00+07:00
who = ["organisations"]
milestones = [5, 10]
undo_minutes = 20
show_count_from = 3
published_names = "bread.csv"

[fields]
city = "optional"

[[reminder]]
slug = "once"
at = "2024-02-10T10:00"

[[reminder]]
slug = "weekly"
cron = "0 10 * * 0"
""",
    "campaigns/bread.csv": """\
number,line,name,acronym,original,country,place,organisation
1,"Northern League of Labour (NLL), Sweden",Northern League of Labour,NLL,,SE,,north
2,"Baker O’Hara, Isle of Bread",Baker O’Hara,,,,Isle of Bread,
""",
    "locales/ms/LC_MESSAGES/bot.po": "not read here",
    "report.md": "not read either",
}

BODY = "We want *bread*.\n\n- white\n- brown\n"
SHA = "e66e9f25e37bbaa139b665165df19fc48b764701145bba5e1d39453d8d91e795"

Change = Callable[[Path], None]


@dataclass(frozen=True)
class Planted:
    """A fault planted in a file, and where it must be found with which word in its sentence."""

    file: str
    line: int
    says: str
    plant: Change
    echoed: bool = False
    """Whether it makes another fault elsewhere: who is named there has no name here any more."""


def swap(file: str, old: str, new: str, line: int, says: str, *, echoed: bool = False) -> Planted:
    def plant(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert old in text, (file, old)
        (root / file).write_text(text.replace(old, new, 1), "utf-8")

    return Planted(file, line, says, plant, echoed)


def add(file: str, content: str | bytes, line: int, says: str) -> Planted:
    def plant(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(content.encode() if isinstance(content, str) else content)

    return Planted(file, line, says, plant)


def link(file: str, target: str, says: str) -> Planted:
    return Planted(file, 0, says, lambda root: (root / file).symlink_to(target))


def remove(file: str, found_in: str, line: int, says: str) -> Planted:
    return Planted(found_in, line, says, lambda root: (root / file).unlink())


ORGANISATIONS = "organisations.toml"
EN, MS = "statements/bread/en.md", "statements/bread/ms.md"
OCCASION = "occasions/first-congress.md"
NORTH, NORTH_MS, WORLD = (f"greetings/first-congress/{name}.md" for name in ("north", "north.ms", "world"))
CAMPAIGN, NAMES = "campaigns/bread.toml", "campaigns/bread.csv"

APART = (
    swap(ORGANISATIONS, 'country = "SE"', 'contry = "SE"', 7, "did you mean “country”"),
    swap(ORGANISATIONS, 'slug = "south"', 'slug = "north"', 10, "already", echoed=True),
    swap(ORGANISATIONS, 'slug = "south"', f'slug = "{"s" * 41}"', 10, "40 characters", echoed=True),
    swap(ORGANISATIONS, 'slug = "south"', 'slug = "South"', 10, "small letters", echoed=True),
    swap(ORGANISATIONS, 'slug = "south"\n', "", 9, "“slug” is missing", echoed=True),
    swap(ORGANISATIONS, 'name = "Sur"', 'name = ["Sur"]', 11, "must be a text"),
    swap(ORGANISATIONS, 'name = "Sur"', 'name = " "', 11, "empty"),
    swap(ORGANISATIONS, 'name = "Sur"', 'name = "S\\u202eur"', 11, "U+202E"),
    swap(ORGANISATIONS, 'name = "Sur"', f'name = "{"S" * 301}"', 11, "shorten"),
    swap(ORGANISATIONS, 'name = "Sur"', 'name = "Sur', 11, "no TOML"),
    swap(ORGANISATIONS, 'name = "Sur"', 'name = "S\u202eur"', 11, "U+202E"),
    swap(ORGANISATIONS, 'name = "Sur"', 'name = "Su\u0301r"', 11, "NFC"),
    swap(ORGANISATIONS, 'country = "TH"', 'country = "Thailand"', 13, "country code"),
    swap(ORGANISATIONS, 'country = "TH"', 'country = "th"', 13, "write “TH”"),
    swap(ORGANISATIONS, 'country = "TH"', 'country = "ZZ"', 13, "country code"),
    swap(ORGANISATIONS, "international = true\n", "", 18, "where this organisation is"),
    swap(ORGANISATIONS, "international = true", 'international = "yes"', 20, "true or false"),
    swap(ORGANISATIONS, "international = true", 'international = true\ncountry = "MY"', 20, "one of both"),
    swap(ORGANISATIONS, '["The North"]', '["The North", 7]', 6, "list of texts"),
    swap(ORGANISATIONS, '["The North"]', '["The North", "The North"]', 6, "twice"),
    swap(
        ORGANISATIONS, "[[organisation]]", "[[organization]]", 1, "did you mean “organisation”", echoed=True
    ),
    swap(EN, 'title = "Bread!"\n', "", 1, "“title” is missing"),
    swap(EN, "original = true\n", "", 1, "original = true"),
    swap(MS, "dated", "original = true\ndated", 3, "people sign only one"),
    swap(EN, "dated = 2024-01-31", 'dated = "2024-01-31"', 4, "without quotes"),
    swap(EN, "dated = 2024-01-31", "dated = 2024-01-32", 4, "no TOML"),
    swap(EN, "dated = 2024-01-31", "dated = 2024-01-31T10:00:00Z", 4, "without quotes"),
    swap(EN, 'kind = "full"', 'kind = "whole"', 5, '"full", "summary"'),
    swap(EN, 'kind = "full"\n', "", 1, "“kind” is missing"),
    swap(EN, '["north", "world"]', '["nort", "world"]', 6, "did you mean “north”"),
    swap(MS, "kind", 'initiators = ["north"]\nkind', 4, "belong to the original"),
    swap(EN, '[source]\ntitle = "A page"', "[source]", 8, "“title” is missing"),
    swap(EN, "[source]", "[sources]", 8, "did you mean “source”"),
    swap(EN, "https://example.test/bread", "javascript:alert(1)", 10, "https://"),
    swap(EN, "published = 2024-02-01", "publishd = 2024-02-01", 11, "did you mean “published”"),
    swap(EN, "+++\n\nWe", "\nWe", 1, "second"),
    swap(EN, '+++\ntitle = "Bread!"', 'title = "Bread!"', 1, "first"),
    swap(EN, "We want *bread*.\n\n- white\n- brown\n", "\n \n", 13, "no text"),
    swap(EN, "- white", "- whi\x07te", 16, "U+0007"),
    swap(EN, "- white", "- whi\ufffdte", 16, "U+FFFD"),
    swap(MS, 'translates = "e66e9f25e37b"', 'translates = "xyz"', 5, "12 digits"),
    swap(MS, 'translates = "e66e9f25e37b"', 'status = "unofficial"', 5, "“unofficial” is not known"),
    add("statements/bread/xx.md", "+++\n+++\nx", 0, "no language in use"),
    add("statements/bread/th.md", b"+++\n+++\nabc \xff", 3, "UTF-8"),
    add("statements/bread/vi.md", b"x" * (LARGEST + 1), 0, "larger than"),
    add("statements/bread.md", "x", 0, "Nothing reads this"),
    add("statements/Bread/en.md", "x", 0, "small letters"),
    link("statements/bread/id.md", "/etc/hostname", "leads out"),
    link("statements/bread/fr.md", "nowhere.md", "no file"),
    link("statements/bread/ar.md", "ar.md", "no file"),
    link("statements/bread/id.md", "../../../data/statements", "no file"),
    Planted("statements/bread/es.md", 0, "no file", lambda root: os.mkfifo(root / "statements/bread/es.md")),
    Planted("statments", 0, "did you mean “statements”", lambda root: (root / "statments").mkdir()),
    swap(OCCASION, 'host = "south"', 'host = "sout"', 2, "did you mean “south”"),
    swap(OCCASION, 'host = "south"\n', "", 1, "“host” is missing"),
    swap(OCCASION, "ends = 2024-05-02", "ends = 2023-05-02", 4, "before"),
    swap(OCCASION, 'en = "First congress"\n', "", 7, "title"),
    swap(OCCASION, "ms =", "zz =", 9, "no language in use"),
    remove(OCCASION, NORTH, 0, "no occasion “first-congress”"),
    swap(NORTH, '["north", "world"]', '["north", "word"]', 2, "did you mean “world”"),
    swap(NORTH, '["north", "world"]', "[]", 2, "empty"),
    swap(NORTH, "order = 2", "order = 0", 3, "must be from 1"),
    swap(NORTH, "order = 2\n", "", 1, "“order” is missing"),
    swap(NORTH, "order = 2", "order = true", 3, "a number"),
    swap(WORLD, "order = 1", "order = 2", 3, "too"),
    swap(NORTH, 'language = "en"', 'language = "eng"', 4, "no language in use"),
    swap(NORTH, 'name = "B. Person"', 'nam = "B. Person"', 13, "did you mean “name”"),
    swap(NORTH, "[[signer]]", "[signer]", 12, "no TOML"),
    swap(NORTH_MS, "kind", "order = 2\nkind", 2, "not known here"),
    remove(NORTH, NORTH_MS, 0, "add north.md"),
    add("greetings/first-congress/north.en.md", TREE[NORTH_MS], 0, "is in this language"),
    add("greetings/first-congress/north.e.md", TREE[NORTH_MS], 0, "no language in use"),
    add("greetings/first-congress/north.txt", "x", 0, "Nothing reads this"),
    swap(CAMPAIGN, 'statement = "bread"', 'statement = "bred"', 1, "did you mean “bread”"),
    swap(CAMPAIGN, 'zone = "Asia/Bangkok"\n', "", 1, "“zone” is missing"),
    swap(CAMPAIGN, "Asia/Bangkok", "Asia/Bangkock", 2, "did you mean “Asia/Bangkok”"),
    swap(CAMPAIGN, "Asia/Bangkok", "../../etc/passwd", 2, "no time zone"),
    swap(CAMPAIGN, "opens = 2024-02-01T00:00:00+07:00", "opens = 2024-02-01T00:00:00", 3, "offset"),
    swap(CAMPAIGN, "closes = 2024-03-01T00:00:00+07:00", "closes = 2024-03-01", 4, "offset"),
    swap(CAMPAIGN, "closes = 2024-03-01", "closes = 2024-01-01", 4, "not after"),
    swap(CAMPAIGN, '["organisations"]', '["organisation"]', 5, "did you mean “organisations”"),
    swap(CAMPAIGN, '["organisations"]', "[]", 5, "Nobody could sign"),
    swap(CAMPAIGN, "[5, 10]", "[10, 5]", 6, "rise"),
    swap(CAMPAIGN, "[5, 10]", '[5, "ten"]', 6, "list of numbers"),
    swap(CAMPAIGN, "undo_minutes = 20", "undo_minutes = 100000", 7, "from 0 to 1440"),
    swap(CAMPAIGN, "undo_minutes", "undo_minuts", 7, "did you mean “undo_minutes”"),
    swap(CAMPAIGN, '"bread.csv"', '"bred.csv"', 9, "did you mean “bread.csv”"),
    swap(CAMPAIGN, '"bread.csv"', '"../../x.csv"', 9, "no file"),
    swap(CAMPAIGN, 'city = "optional"', 'city = "maybe"', 12, '"required", "optional", "off"'),
    swap(CAMPAIGN, 'city = "optional"', 'cty = "optional"', 12, "did you mean “city”"),
    swap(CAMPAIGN, 'city = "optional"', 'official = "off"', 12, "must be required"),
    swap(CAMPAIGN, "2024-02-10T10:00", "10 February", 16, "must be a time"),
    swap(CAMPAIGN, "2024-02-10T10:00", "2024-02-10T10:00+07:00", 16, "must be a time"),
    swap(CAMPAIGN, "0 10 * * 0", "0 10 * *", 20, "five fields"),
    swap(CAMPAIGN, "0 10 * * 0", "0 99 * * 0", 20, "five fields"),
    swap(CAMPAIGN, "0 10 * * 0", "* * * * *", 20, "once an hour"),
    swap(CAMPAIGN, 'cron = "0 10 * * 0"', 'at = "2024-02-10T10:00"\ncron = "0 10 * * 0"', 19, "either"),
    swap(CAMPAIGN, 'slug = "weekly"', 'slug = "once"', 19, "already"),
    swap(NAMES, "number,line", "nr,line", 1, "number missing"),
    swap(NAMES, "\n1,", "\none,", 2, "no number"),
    swap(NAMES, "\n2,", "\n3,", 3, "must be number 2"),
    swap(NAMES, "NLL,,SE", "NLL,,QZ", 2, "no country"),
    swap(NAMES, ",north\n", ",nort\n", 2, "did you mean “north”"),
    swap(NAMES, "Baker O’Hara,,", "=1+1,,", 3, "formula"),
    swap(NAMES, "Isle of Bread,\n", "Isle of Bread,,,,x\n", 3, "more cells"),
    swap(NAMES, "Baker O’Hara, Isle", "Baker\u200b O’Hara, Isle", 3, "U+200B"),
)
"""Every fault, each to be planted alone."""

TOGETHER = (
    swap(ORGANISATIONS, 'country = "SE"', 'contry = "SE"', 7, "did you mean “country”"),
    swap(ORGANISATIONS, 'country = "TH"', 'country = "Thailand"', 13, "country code"),
    swap(ORGANISATIONS, "international = true", "international = 1", 20, "true or false"),
    swap(EN, "title =", "titel =", 2, "did you mean “title”"),
    swap(EN, '["north", "world"]', '["nort", "world"]', 6, "did you mean “north”"),
    swap(EN, "https://example.test/bread", "example.test", 10, "https://"),
    swap(EN, "- white", "- whi\x07te", 16, "U+0007"),
    swap(EN, "- brown", "- bru\u0308n", 17, "NFC"),
    swap(MS, "dated = 2024-02-02", 'dated = "today"', 3, "without quotes"),
    swap(MS, 'kind = "summary"', 'kind = "short"', 4, '"full", "summary"'),
    add("statements/bread/xx.md", "+++\n+++\nx", 0, "no language in use"),
    add("statements/bread/th.md", b"+++\n+++\nabc \xff", 3, "UTF-8"),
    link("statements/bread/id.md", "/etc/hostname", "leads out"),
    add("statements/rice/en.md", "Rice.", 1, "first"),
    swap(OCCASION, 'host = "south"', 'host = "sout"', 2, "did you mean “south”"),
    swap(OCCASION, "ends = 2024-05-02", "ends = 2023-05-02", 4, "before"),
    swap(NORTH, "order = 2", "order = 1.5", 3, "a number"),
    swap(NORTH, "role =", "rolle =", 10, "did you mean “role”"),
    swap(NORTH_MS, '"000000000000"', '"0"', 4, "12 digits"),
    swap(WORLD, 'language = "en"', 'language = "xx"', 4, "no language in use"),
    swap(CAMPAIGN, "Asia/Bangkok", "Asia/Bangkock", 2, "did you mean “Asia/Bangkok”"),
    swap(CAMPAIGN, "[5, 10]", "[10, 5]", 6, "rise"),
    swap(CAMPAIGN, 'city = "optional"', 'cty = "optional"', 12, "did you mean “city”"),
    swap(CAMPAIGN, "2024-02-10T10:00", "10 February", 16, "must be a time"),
    swap(CAMPAIGN, "0 10 * * 0", "hourly", 20, "five fields"),
    swap(NAMES, "NLL,,SE", "NLL,,QZ", 2, "no country"),
    swap(NAMES, "\n2,", "\ntwo,", 3, "no number"),
    add("campaigns/rice.toml", 'statement = "rice"\nzone = ', 2, "no TOML"),
)
"""Faults that can stand in one tree, so that all must be found in one pass."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path / "data", TREE)


def written(root: Path, tree: Mapping[str, str]) -> Path:
    for file, text in tree.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")
    return root


def found(root: Path, planted: Planted, faults: tuple[Fault, ...]) -> bool:
    return any(
        fault.file == str(root / planted.file)
        and fault.line == planted.line
        and planted.says in fault.sentence
        for fault in faults
    )


@pytest.mark.parametrize("planted", APART, ids=lambda planted: f"{planted.file}:{planted.says}"[:70])
def test_a_planted_fault_is_found_with_its_file_and_line(root: Path, planted: Planted) -> None:
    planted.plant(root)
    catalog, faults = load([root])
    assert found(root, planted, faults), faults
    elsewhere = {fault.file for fault in faults} - {str(root / planted.file)}
    assert bool(elsewhere) == planted.echoed, "told once, where it is"
    assert_consistent(catalog)


def test_all_faults_are_found_at_once(root: Path) -> None:
    for planted in TOGETHER:
        planted.plant(root)
    catalog, faults = load([root])
    assert [planted for planted in TOGETHER if not found(root, planted, faults)] == []
    assert_consistent(catalog)


def assert_consistent(catalog: Catalog) -> None:
    """Nothing in the catalogue names what is not there."""
    for campaign in catalog.campaigns.values():
        assert campaign.statement in catalog.statements
        assert set(campaign.initiators) <= catalog.organisations.keys()
    for statement in catalog.statements.values():
        assert statement.original in statement.documents
        assert set(statement.initiators) <= catalog.organisations.keys()
    for occasion in catalog.occasions.values():
        assert occasion.host in catalog.organisations
        for greeting in occasion.greetings:
            assert greeting.organisations
            assert set(greeting.organisations) <= catalog.organisations.keys()
            assert greeting.original in greeting.documents


def test_a_good_tree_loads_whole(root: Path) -> None:
    catalog, faults = load([root])
    assert faults == ()
    assert list(catalog.organisations) == ["north", "south", "world"]
    south = catalog.organisations["south"]
    assert (south.original, south.place, south.line, south.international) == (
        "ใต้",
        "South/Thailand",
        "Sur (South)",
        False,
    )
    assert catalog.organisations["world"].international
    campaign = catalog.campaigns["bread"]
    assert (campaign.statement, campaign.zone) == ("bread", "Asia/Bangkok")
    assert campaign.opens == datetime(2024, 1, 31, 17, tzinfo=UTC)
    assert campaign.initiators == ("north", "world"), "as the statement says, where the campaign does not"
    assert (campaign.organisations_sign, campaign.persons_sign) == (True, False)
    assert campaign.fields["city"] is FieldRule.OPTIONAL
    assert campaign.fields["official"] is FieldRule.REQUIRED
    assert (campaign.milestones, campaign.undo_minutes, campaign.show_count_from) == ((5, 10), 20, 3)
    once = datetime(2024, 2, 10, 10)  # noqa: DTZ001  (a wall time)
    assert campaign.reminders == (Reminder("once", at=once), Reminder("weekly", cron="0 10 * * 0"))
    assert find_names([root], campaign.published_names) == root / NAMES


def test_a_statement_and_its_translation(root: Path) -> None:
    statement = load([root])[0].statements["bread"]
    original, malay = statement.version, statement.documents["ms"]
    assert (statement.original, original.sha256, original.body) == ("en", SHA, BODY)
    assert (original.title, original.dated, original.kind) == ("Bread!", date(2024, 1, 31), TextKind.FULL)
    assert (original.status, original.words, original.calls) == (TextStatus.OFFICIAL, 5, ("white", "brown"))
    assert original.source == Source("A page", "https://example.test/bread", date(2024, 2, 1))
    assert (malay.status, malay.kind, malay.words) == (TextStatus.COMMUNITY, TextKind.SUMMARY, 3)
    assert malay.source == original.source


def test_a_translation_of_another_wording_is_outdated_and_no_fault(root: Path) -> None:
    swap(EN, "- brown", "- dark", 0, "").plant(root)
    catalog, faults = load([root])
    assert faults == ()
    assert catalog.statements["bread"].documents["ms"].status is TextStatus.OUTDATED


def test_an_occasion_and_its_greetings(root: Path) -> None:
    occasion = load([root])[0].occasions["first-congress"]
    assert occasion.titles == {"en": "First congress", "ms": "Kongres pertama"}
    assert (occasion.host, occasion.begins, occasion.place) == ("south", date(2024, 5, 1), "Hat Yai")
    first, second = occasion.greetings
    assert (first.slug, second.slug, second.occasion) == ("world", "north", "first-congress")
    assert second.organisations == ("north", "world")
    assert second.signers == (Signer("A. Person", "Secretary"), Signer("B. Person"))
    assert second.note == "Said “second congress”."
    assert (first.documents["en"].dated, second.documents["en"].dated) == (
        date(2024, 4, 30),
        date(2024, 5, 1),
    )
    assert second.documents["ms"].status is TextStatus.OUTDATED
    assert second.documents["ms"].source == second.documents["en"].source


def test_a_later_folder_wins_file_by_file_and_entry_by_entry(root: Path, tmp_path: Path) -> None:
    over = written(
        tmp_path / "over",
        {
            ORGANISATIONS: '[[organisation]]\nslug = "south"\nname = "Selatan"\ncountry = "MY"\n',
            CAMPAIGN: 'statement = "bread"\nzone = "UTC"\npublished_names = "bread.csv"\n',
            "campaigns/README.md": "a note",
        },
    )
    catalog, faults = load([root, over])
    assert faults == ()
    assert [organisation.name for organisation in catalog.organisations.values()] == [
        "Northern League of Labour",
        "Selatan",
        "World Assembly",
    ]
    assert catalog.organisations["south"].original == "", "an entry is replaced whole"
    assert (catalog.campaigns["bread"].zone, catalog.campaigns["bread"].milestones[0]) == ("UTC", 10)
    assert find_names([root, over], "bread.csv") == root / NAMES


def test_what_an_editor_may_do_without_harm(root: Path) -> None:
    text = (root / EN).read_text("utf-8").replace("\n", "\r\n")
    (root / EN).write_bytes(b"\xef\xbb\xbf" + text.encode())
    (root / "statements" / ".draft.md").write_text("x")
    (root / "statements" / "bread" / "en.md~").write_text("x")
    (root / "statements" / "README.md").write_text("x")
    (root / "campaigns" / "rice.toml").symlink_to("bread.toml")
    catalog, faults = load([root])
    assert faults == ()
    assert catalog.statements["bread"].version.sha256 == SHA
    assert catalog.campaigns["rice"].statement == "bread"


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (fault,) = load([tmp_path / "nowhere"])[1]
    assert (fault.file, fault.line) == (str(tmp_path / "nowhere"), 0)
    assert load([tmp_path]) == (Catalog(), ())


def test_a_good_part_is_kept_beside_a_fault(root: Path) -> None:
    swap(NORTH, "order = 2", "order = 0", 0, "").plant(root)
    swap(EN, "https://example.test/bread", "example.test", 0, "").plant(root)
    catalog, faults = load([root])
    assert len(faults) == 2
    assert [greeting.slug for greeting in catalog.occasions["first-congress"].greetings] == ["world"]
    assert catalog.statements["bread"].version.source.title == "A page"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 50,
        b"\xff\xfe" * 50,
        b"+++",
        b"+++\n+++",
        b"+++\na = " + b"[" * 5000 + b"\n+++\nx",
        b",\n" * 99,
    ],
)
@pytest.mark.parametrize(
    "file", [file for file in TREE if file.startswith(("stat", "occ", "gre", "cam", "org"))]
)
def test_hostile_content_never_raises(root: Path, file: str, content: bytes) -> None:
    (root / file).write_bytes(content)
    catalog, faults = load([root])
    assert_consistent(catalog)
    assert faults or file == ORGANISATIONS


def test_a_body_is_kept_in_composed_form(root: Path) -> None:
    swap(EN, "brown", unicodedata.normalize("NFD", "brün"), 0, "").plant(root)
    assert load([root])[0].statements["bread"].version.calls == ("white", "brün")
