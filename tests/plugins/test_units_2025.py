"""The real reorganisation of 1 July 2025, from the plugin's own tables."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from click.testing import CliRunner

import nq_units_2025
from nqcore.catalogue import Catalogue, Plugins, build_catalogue
from nqcore.cli import main
from nqcore.model.changes import ChangeEvent, ChangeKind, tree_with
from nqcore.model.projection import Projection, Unprojectable, project
from nqcore.model.units import UnitKind, UnitTree

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found = build_catalogue(Plugins([], modules=[("nq_units_2025", nq_units_2025)]))
    assert found.faults == ()
    return found


@pytest.fixture(scope="module")
def forward(catalogue: Catalogue) -> Projection:
    return project(catalogue.units, catalogue.changes.values(), OLD, NEW)


def communes(tree: UnitTree) -> list[str]:
    return [u.code for u in tree.values() if u.kind is UnitKind.COMMUNE]


def divided(catalogue: Catalogue) -> set[str]:
    parts = Counter(t.source for e in catalogue.changes.values() for t in e.transfers)
    return {source for source, count in parts.items() if count > 1}


def with_a_divided_source(catalogue: Catalogue) -> set[str]:
    sources = divided(catalogue)
    return {
        t.target for e in catalogue.changes.values() for t in e.transfers if t.source in sources
    }


def figures(codes: Iterable[str], seed: int) -> dict[str, int]:
    """Eight quarters of one indicator, added up."""
    numbers = random.Random(seed)
    return {code: sum(numbers.randint(0, 10_000) for _ in range(8)) for code in codes}


# Both worlds


def test_both_worlds_have_the_published_numbers_of_units(catalogue: Catalogue) -> None:
    old, new = catalogue.units.at(OLD), catalogue.units.at(NEW)

    def count(tree: UnitTree, prefix: str) -> int:
        return sum(code.startswith(prefix) for code in tree)

    assert [count(old, p) for p in ("xa-", "huyen-", "tinh-")] == [10_035, 696, 63]
    assert [count(new, p) for p in ("xa-", "huyen-", "tinh-")] == [3_321, 0, 34]
    words = Counter(new[code].name.split()[0] for code in communes(new))
    assert words == {"Xã": 2_621, "Phường": 687, "Đặc": 13}


def test_every_commune_stands_under_its_district_before_and_its_province_after(
    catalogue: Catalogue,
) -> None:
    old, new = catalogue.units.at(OLD), catalogue.units.at(NEW)
    assert {str(old[c].parent)[:6] for c in communes(old)} == {"huyen-"}
    assert {str(new[c].parent)[:5] for c in communes(new)} == {"tinh-"}
    assert {u.code for u in (*old.roots, *new.roots)} == {"viet-nam"}


def test_there_is_one_change_for_each_new_commune_and_each_merged_province(
    catalogue: Catalogue,
) -> None:
    new = catalogue.units.at(NEW)
    touched = [
        e.unit if e.kind is ChangeKind.MOVE else e.targets[0] for e in catalogue.changes.values()
    ]
    assert len(touched) == len(set(touched)) == 3_321 + 23
    assert set(communes(new)) <= set(touched)
    assert {e.date for e in catalogue.changes.values()} == {NEW}
    assert all(e.basis for e in catalogue.changes.values())


def test_every_old_commune_has_a_destination_and_every_new_one_a_source(
    catalogue: Catalogue, forward: Projection
) -> None:
    new = set(communes(forward.end))
    reached: set[str] = set()
    for code in communes(forward.start):
        (part,) = forward.route(code)
        assert part.among <= new
        assert part.among
        reached |= part.among
    islands = {
        t.target for e in catalogue.changes.values() for t in e.transfers if t.source[0] == "h"
    }
    assert new - reached == islands
    assert sorted(catalogue.units[c].name for c in islands) == [
        "Đặc khu Bạch Long Vĩ",
        "Đặc khu Côn Đảo",
        "Đặc khu Cồn Cỏ",
        "Đặc khu Hoàng Sa",
        "Đặc khu Lý Sơn",
    ]


def test_471_communes_were_divided_among_441_and_2743_are_pure_merges(
    catalogue: Catalogue,
) -> None:
    assert len(divided(catalogue)) == 471
    mixed = with_a_divided_source(catalogue)
    assert len(mixed) == 441
    merges = [e for e in catalogue.changes.values() if e.targets and e.targets[0][:3] == "xa-"]
    pure = [e for e in merges if e.targets[0] not in mixed]
    assert len([e for e in pure if len(e.sources) > 1]) == 2_743
    assert (
        len(pure) - 2_743 + sum(e.kind is ChangeKind.MOVE for e in catalogue.changes.values())
        == 137
    )
    assert not any(t.share for e in catalogue.changes.values() for t in e.transfers)


def test_a_statistical_code_is_text_of_five_digits_and_never_an_identity(
    catalogue: Catalogue,
) -> None:
    old, new = catalogue.units.at(OLD), catalogue.units.at(NEW)
    before = {dict(old[c].ids)["gso"]: c for c in communes(old)}
    after = {dict(new[c].ids)["gso"]: c for c in communes(new)}
    assert {len(code) for code in (*before, *after)} == {5}
    assert (len(before), len(after)) == (10_035, 3_321)
    assert len(before.keys() & after.keys()) == 3_316  # all but the five islands
    renamed = [
        code
        for code in before.keys() & after.keys()
        if old[before[code]].name != new[after[code]].name
    ]
    assert len(renamed) == 2_145
    # 3,310 and 2,179, which are told elsewhere, count against the list of January 2025 (README).
    bare = [c for c in renamed if _bare(old[before[c]].name) != _bare(new[after[c]].name)]
    assert len(bare) == 1_805
    same_unit = [code for code in before.keys() & after.keys() if before[code] == after[code]]
    assert len(same_unit) == 127


def _bare(name: str) -> str:
    """The name without the type in front."""
    for kind in ("Phường ", "Xã ", "Thị trấn ", "Đặc khu "):
        name = name.removeprefix(kind)
    return name


# Figures across the break


def test_the_national_total_is_the_same_without_shares_and_every_touched_commune_is_marked(
    catalogue: Catalogue, forward: Projection
) -> None:
    mixed = with_a_divided_source(catalogue)
    for seed in range(3):
        values = figures(communes(forward.start), seed)
        sums = forward.sums(values, 0)
        assert (sums.total, sums.rest) == (sum(values.values()), 0)
        assert {c for c, p in sums.units.items() if p.parts_above} == mixed
        assert {unit for p in sums.units.values() for unit in p.kept} == divided(catalogue)
        assert not any(p.estimated for p in sums.units.values())
        assert {c for c, p in sums.units.items() if c[:3] == "xa-" and not p.exact} == mixed


def test_the_national_total_is_the_same_with_shares_and_every_estimate_is_marked(
    catalogue: Catalogue,
) -> None:
    numbers = random.Random(2025)
    targets: dict[str, list[str]] = {}
    for e in catalogue.changes.values():
        for t in e.transfers:
            targets.setdefault(t.source, []).append(t.target)
    share: dict[tuple[str, str], Fraction] = {}
    for source in divided(catalogue):
        weights = [numbers.randint(1, 99) for _ in targets[source]]
        for target, weight in zip(targets[source], weights, strict=True):
            share[source, target] = Fraction(weight, sum(weights))
    changes: list[ChangeEvent] = [
        replace(
            e,
            transfers=tuple(
                replace(t, share=share.get((t.source, t.target)), basis="dân số")
                for t in e.transfers
            ),
        )
        for e in catalogue.changes.values()
    ]
    plain = nq_units_2025.definitions()
    projection = project(tree_with(plain.units, changes), changes, OLD, NEW)
    mixed = with_a_divided_source(catalogue)
    provinces = {c: projection.end.ancestors(c)[0].code for c in communes(projection.end)}
    for seed in range(3):
        values = figures(communes(projection.start), seed)
        sums = projection.sums(values, 0)
        assert (sums.total, sums.rest) == (sum(values.values()), 0)
        assert {c for c, p in sums.units.items() if p.estimated} == mixed
        assert not any(p.kept or p.parts_above for p in sums.units.values())
        assert all(p.value.denominator == 1 for p in sums.units.values())
        # Nothing crosses a province, so their totals stay to the last unit as well.
        exact, rounded = Counter[str](), Counter[str]()
        for code, value in values.items():
            (any_target, *_) = (t for part in projection.route(code) for t in part.among)
            exact[provinces[any_target]] += value
        for code, p in sums.units.items():
            rounded[provinces[code]] += int(p.value)
        assert rounded == exact


def test_the_pure_merges_are_exact_and_add_up_by_hand(
    catalogue: Catalogue, forward: Projection
) -> None:
    values = figures(communes(forward.start), 7)
    sums = forward.sums(values, 0).units
    mixed = with_a_divided_source(catalogue)
    pure = [e for e in catalogue.changes.values() if e.targets and e.targets[0] not in mixed]
    checked = 0
    for e in pure:
        if len(e.sources) > 1 and e.targets[0][:3] == "xa-":
            assert sums[e.targets[0]].exact
            assert sums[e.targets[0]].value == sum(values[s] for s in e.sources)
            checked += 1
    assert checked == 2_743


def test_going_back_keeps_the_total_too(catalogue: Catalogue) -> None:
    back = project(catalogue.units, catalogue.changes.values(), NEW, OLD)
    values = figures(communes(back.start), 1)
    sums = back.sums(values, 0)
    assert (sums.total, sums.rest) == (sum(values.values()), 0)


def test_a_stock_that_must_not_be_added_is_carried_only_by_communes_that_stayed_whole(
    forward: Projection,
) -> None:
    carried = forward.one_to_one(figures(communes(forward.start), 1))
    assert sum(not isinstance(got, Unprojectable) for got in carried.values()) == 132


# Size


def test_importing_the_plugin_reads_no_data() -> None:
    code = "import nq_units_2025, sys; sys.exit('nq_units_2025.reading' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=120).returncode == 0


# `nq units`


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("reform") / "office")
    done = CliRunner().invoke(main, ["init", folder, "--plugin", "nq_units_2025"])
    assert done.exit_code == 0, done.output
    return folder


def nq(folder: str, *words: str) -> list[str]:
    done = CliRunner().invoke(main, ["--lang", "en", "units", "-w", folder, *words])
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_nq_units_shows_both_worlds(folder: str) -> None:
    before, after = (nq(folder, "--at", day) for day in ("2025-06-30", "2025-07-01"))
    assert len(before) == 1 + 63 + 696 + 10_035
    assert len(after) == 1 + 34 + 3_321
    assert not any("huyen-" in line for line in after)


@pytest.mark.slow
def test_nq_units_find_is_blind_to_accents_and_tells_where_a_commune_went(folder: str) -> None:
    lines = nq(folder, "find", "binh minh")
    assert lines == nq(folder, "find", "Bình", "Minh")
    old = lines.index(
        "xa-10135-2004  Xã Bình Minh – Huyện Thanh Oai, Thành phố Hà Nội, Việt Nam "
        "(commune, gso 10135, closed 2025-07-01)"
    )
    assert lines[old + 1] == "  → 2025-07-01 merge: Xã Bình Minh [xa-10126-2025]"
    new = next(n for n, line in enumerate(lines) if line.startswith("xa-10126-2025"))
    assert (
        "  ← 2025-07-01 merge: Phường Phú Lương [xa-09571-2004], a part: share unknown"
        in lines[new:]
    )


@pytest.mark.slow
def test_nq_units_find_knows_statistical_codes_and_what_stayed(folder: str) -> None:
    lines = nq(folder, "find", "04603")
    assert lines[0].startswith("xa-04603-2004  Xã Tà Xi Láng – Tỉnh Lào Cai, Việt Nam")
    assert lines[1] == "  · 2025-07-01 move: Xã Tà Xi Láng, under Tỉnh Lào Cai"
    assert nq(folder, "find", "Tà Sì Láng") == nq(folder, "find", "ta xi lang") != []
    assert nq(folder, "find", "nowhere at all") == []
