"""campaigns/<slug>.toml, and a CSV of names published before beside it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.campaign.campaign import DEFAULT_FIELDS, FIELDS, Campaign, FieldRule, Reminder
from bot.campaign.schedule import check_cron
from bot.content.catalog import Fault
from bot.content.importing.names import HEADER, read_names
from bot.content.loading.files import DataFile
from bot.content.loading.known import Known
from bot.content.loading.sheet import Sheet, meant, open_sheet

_WHO = ("organisations", "persons")
YEARS = range(1900, 2100)
"""Years that a reminder may name; at the ends of the calendar zones cannot be reckoned."""
_DAY = 24 * 60
"""The longest undo, in minutes."""


def read_campaign(
    slug: str, file: DataFile, names: Mapping[str, DataFile], known: Known, faults: list[Fault]
) -> Campaign | None:
    """The campaign of a file; None where its statement or zone is missing. ``names``: CSVs by file name."""
    sheet = open_sheet(file.name, file.text, faults)
    if not sheet:
        return None
    statement, zone = known.statement_of(sheet, "statement"), _zone(sheet)
    who = _who(sheet)
    opens, closes = sheet.moment("opens"), sheet.moment("closes")
    if opens and closes and closes <= opens:
        sheet.fault("closes", "“closes” is not after “opens”: correct one of both.")
    default = Campaign(slug, statement)
    campaign = Campaign(
        slug=slug,
        statement=statement,
        zone=zone,
        opens=opens,
        closes=closes,
        initiators=known.organisations_of(sheet, "initiators"),
        organisations_sign="organisations" in who,
        persons_sign="persons" in who,
        fields=_fields(sheet),
        milestones=sheet.numbers("milestones", default.milestones),
        reminders=_reminders(sheet),
        undo_minutes=sheet.number("undo_minutes", default.undo_minutes, most=_DAY),
        show_count_from=sheet.number("show_count_from", default.show_count_from),
        published_names=_published_names(sheet, names, known),
        responsible=sheet.text("responsible"),
        follows=sheet.slug("follows"),
        late=sheet.flag("late"),
        delivered=sheet.day("delivered"),
        delivered_to=sheet.text("delivered_to"),
    )
    sheet.close()
    return campaign if statement and zone else None


def _zone(sheet: Sheet) -> str:
    name = sheet.text("zone", required=True)
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = meant(name, available_timezones())
        sheet.fault("zone", f"“{name[:40]}” is no time zone{hint or ', as in “Asia/Kuala_Lumpur”'}.")
        return ""


def _who(sheet: Sheet) -> tuple[str, ...]:
    named = sheet.texts("who")
    for word in named:
        if word not in _WHO:
            sheet.fault("who", f"“{word[:40]}” cannot sign{meant(word, _WHO)}.")
    if "who" in sheet.table and not named:
        sheet.fault("who", "Nobody could sign: name organisations, persons or both.")
    return tuple(word for word in named if word in _WHO) or _WHO


def _fields(sheet: Sheet) -> dict[str, FieldRule]:
    table = sheet.sub("fields")
    if table is None:
        return dict(DEFAULT_FIELDS)
    rules = {name: table.choice(name, FieldRule, DEFAULT_FIELDS[name]) for name in FIELDS}
    if rules["official"] is not FieldRule.REQUIRED:
        table.fault("official", "Without a name nobody can be listed: “official” must be required.")
    table.close()
    return {name: rule or DEFAULT_FIELDS[name] for name, rule in rules.items()} | {
        "official": FieldRule.REQUIRED
    }


def _reminders(sheet: Sheet) -> tuple[Reminder, ...]:
    reminders: dict[str, Reminder] = {}
    for table in sheet.subs("reminder"):
        slug, at, cron = table.slug("slug", required=True), _wall_time(table), table.text("cron")
        if ("at" in table.table) == ("cron" in table.table):
            table.fault("slug", 'A reminder needs either at = "2026-12-01T10:00" or cron = "0 10 * * 0".')
        if cron and check_cron(cron):
            table.fault(
                "cron", "“cron” must be five fields, once an hour at most: minute hour day month weekday."
            )
            cron = ""
        if slug in reminders:
            table.fault("slug", f"There is a reminder “{slug}” above already: name it otherwise.")
        elif slug and bool(at) != bool(cron):
            reminders[slug] = Reminder(slug, at, cron)
        table.close()
    return tuple(reminders.values())


def _wall_time(sheet: Sheet) -> datetime | None:
    text = sheet.text("at")
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError:
        at = None
    if text and (at is None or at.tzinfo or at.year not in YEARS):
        sheet.fault("at", '“at” must be a time in the campaign\'s zone: at = "2026-12-01T10:00"')
        return None
    return at


def _published_names(sheet: Sheet, files: Mapping[str, DataFile], known: Known) -> str:
    name = sheet.text("published_names")
    if not name:
        return ""
    if ("campaigns", name) in known.unread:
        return ""
    if name not in files:
        sheet.fault("published_names", f"There is no file “{name[:60]}” beside this one{meant(name, files)}.")
        return ""
    _check_names(files[name], known, sheet.faults)
    return name


def _check_names(file: DataFile, known: Known, faults: list[Fault]) -> None:
    lines = file.text.split("\n")
    header = next(csv.reader(lines[:1]), [])
    if missing := [column for column in HEADER if column not in header]:
        faults.append(
            Fault(file.name, 1, f"The first line must name the columns: {', '.join(missing)} missing.")
        )
        return
    names, found = read_names(file.text.encode(), file.name)
    faults += found
    for place, name in enumerate(names, 1):
        if name.number != place and not found:
            faults.append(
                Fault(file.name, place + 1, f"This must be number {place}: number the lines from 1 on.")
            )
            break
    for slug in {name.organisation for name in names} - {""}:
        if sentence := known.no_organisation(slug):
            line = next((number for number, text in enumerate(lines, 1) if slug in text), 0)
            faults.append(Fault(file.name, line, sentence))
