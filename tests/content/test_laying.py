from __future__ import annotations

from pathlib import Path

from bot.content.catalog import Catalog
from bot.content.laying import lay_over
from bot.content.loader import load

DATA = Path(__file__).parents[2] / "data"
ENGLISH = ("statements", "palestine", "en.md")
HOUSING = (
    'title = "Homes for all"\noriginal = true\ndated = 2026-11-01\nkind = "full"\n[source]\ntitle = "Us"\n'
)
TEXT = f"+++\n{HOUSING}+++\n\nHomes for all.\n"
CAMPAIGN = 'statement = "housing"\nzone = "Asia/Manila"\ninitiators = ["tenants"]\n'
TENANTS = '[[organisation]]\nslug = "tenants"\nname = "Tenants Union"\ncountry = "PH"\n'


def base() -> Catalog:
    catalog, faults = load([DATA])
    assert not faults
    return catalog


def test_nothing_laid_over_is_the_same_catalogue() -> None:
    catalog = base()
    assert lay_over(catalog, {}) == (catalog, ())


def test_a_new_campaign_its_statement_and_its_organisation_join_the_others() -> None:
    papers = {
        ("statements", "housing", "en.md"): TEXT,
        ("campaigns", "housing.toml"): CAMPAIGN,
        ("organisations.toml",): TENANTS,
    }
    catalog, faults = lay_over(base(), papers, {("campaigns", "housing.toml")})
    assert not faults
    assert catalog.campaigns["housing"].initiators == ("tenants",)
    assert catalog.campaigns["housing"].rehearsal
    assert not catalog.campaigns["palestine"].rehearsal
    assert catalog.statements["housing"].version.title == "Homes for all"
    assert catalog.organisations["tenants"].name == "Tenants Union"
    assert catalog.campaigns["palestine"] == base().campaigns["palestine"]


def test_a_new_wording_makes_the_translations_of_the_old_one_out_of_date() -> None:
    catalog = base()
    old = catalog.statements["palestine"]
    revised = catalog.files[ENGLISH].replace("for good", "for ever")
    laid, faults = lay_over(catalog, {ENGLISH: revised})
    assert not faults
    new = laid.statements["palestine"]
    assert new.version.sha256 != old.version.sha256
    assert {each.status for each in new.documents.values() if each.language != "en"} == {"outdated"}
    assert catalog.statements["palestine"] is old


def test_a_paper_with_a_fault_leaves_what_was_there() -> None:
    laid, faults = lay_over(base(), {ENGLISH: "no front matter", ("campaigns", "x.toml"): "= broken"})
    assert {fault.file for fault in faults} == {"statements/palestine/en.md", "campaigns/x.toml"}
    assert laid.statements["palestine"] == base().statements["palestine"]
    assert "x" not in laid.campaigns
