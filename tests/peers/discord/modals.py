"""Forms: what one may be made of, and what a client lets through (documentation: components/reference)."""

from __future__ import annotations

from typing import Any

from tests.peers.discord.checks import check_options
from tests.peers.discord.refusal import Problems

Json = dict[str, Any]

SELECT, TEXT, LABEL, RADIO = 3, 4, 18, 21
_FIELDS = {
    TEXT: "type id custom_id style min_length max_length required value placeholder",
    SELECT: "type id custom_id options placeholder min_values max_values required",
    RADIO: "type id custom_id options required",
}


def check_modal(body: Json) -> None:
    """Raise what is wrong with a form: title up to 45, one to five labels, unique custom ids."""
    problems = Problems()
    problems.known("data", body, "custom_id title components")
    problems.length("data.custom_id", body.get("custom_id"), 100)
    problems.length("data.title", body.get("title"), 45)
    seen: set[str] = set()
    for number, each in enumerate(problems.count("data.components", body.get("components"), 5)):
        _check_label(problems, f"data.components.{number}", each, seen)
    problems.tell()


def _check_label(problems: Problems, path: str, label: Json, seen: set[str]) -> None:
    if label.get("type") != LABEL:
        problems.add(f"{path}.type", "UNION_TYPE_CHOICES", "this peer takes labels (18) only")
        return
    problems.known(path, label, "type id label description component")
    problems.length(f"{path}.label", label.get("label"), 45)
    if label.get("description") is not None:
        problems.length(f"{path}.description", label["description"], 100)
    part, path = label.get("component") or {}, f"{path}.component"
    if part.get("type") not in _FIELDS:
        problems.add(f"{path}.type", "UNION_TYPE_CHOICES", "Value of field type must be one of (3, 4, 21).")
        return
    problems.known(path, part, _FIELDS[part["type"]])
    problems.length(f"{path}.custom_id", part.get("custom_id"), 100)
    if part.get("custom_id") in seen:
        problems.add(
            f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    seen.add(str(part.get("custom_id")))
    if part["type"] == TEXT:
        _check_text(problems, path, part)
    else:
        check_options(problems, path, part, *((10, 2) if part["type"] == RADIO else (25, 1)))


def _check_text(problems: Problems, path: str, part: Json) -> None:
    least, most = part.get("min_length", 0), part.get("max_length", 4000)
    if part.get("style") not in {1, 2}:
        problems.add(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
    if not (0 <= least <= 4000 and 1 <= most <= 4000 and least <= most):
        problems.add(f"{path}.max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 4000.")
    if part.get("value") is not None:
        problems.length(f"{path}.value", part["value"], most, least)
    if part.get("placeholder") is not None:
        problems.length(f"{path}.placeholder", part["placeholder"], 100, 0)


def parts_of(modal: Json) -> dict[str, Json]:
    """The fields of a form by custom id."""
    return {label["component"]["custom_id"]: label["component"] for label in modal["components"]}


def labels_of(modal: Json) -> dict[str, str]:
    """The labels of a form's fields by custom id."""
    return {label["component"]["custom_id"]: label["label"] for label in modal["components"]}


def fill(modal: Json, filled: dict[str, str]) -> list[Json]:
    """What a client sends of a form: what was filled in, else what stands there already.

    AssertionError where the client would not let it through: unknown fields, missing or too long ones,
    options that are not offered.
    """
    unknown = set(filled) - set(parts_of(modal))
    assert not unknown, f"no such fields: {sorted(unknown)} in {sorted(parts_of(modal))}"
    sent = []
    for number, label in enumerate(modal["components"]):
        part = label["component"]
        inner = {"type": part["type"], "id": 2 * number + 2, "custom_id": part["custom_id"]}
        value = filled.get(part["custom_id"])
        inner |= _words(part, value) if part["type"] == TEXT else _choice(part, value)
        sent.append({"type": LABEL, "id": 2 * number + 1, "component": inner})
    return sent


def _words(part: Json, value: str | None) -> Json:
    text = part.get("value", "") if value is None else value
    if part.get("style") == 1:
        text = text.replace("\r", " ").replace("\n", " ")
    needed = part.get("required", True)
    assert text or not needed, f"{part['custom_id']} has to be filled in"
    assert not text or part.get("min_length", 0) <= len(text), f"{part['custom_id']} is too short"
    assert len(text) <= part.get("max_length", 4000), f"{part['custom_id']} is too long"
    return {"value": text}


def _choice(part: Json, value: str | None) -> Json:
    offered = {option["value"]: option["label"] for option in part["options"]}
    default = [option["value"] for option in part["options"] if option.get("default")]
    chosen = (
        default if value is None else [key for key, label in offered.items() if value in {key, label}][:1]
    )
    if value == "":
        chosen = []
    assert chosen or not value, f"{value!r} is not offered: {offered}"
    assert chosen or not part.get("required", True), f"{part['custom_id']} has to be chosen"
    if part["type"] == RADIO:
        return {"value": chosen[0] if chosen else None}
    return {"values": chosen}
