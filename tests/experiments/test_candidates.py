"""Candidates of a comparison: their names, and what keeps them from being compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SMALL

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments import candidates
from ccsim.experiments.compare import compare
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.store import open_comparison
from ccsim.scenario import Scenario, loads


def changed(folder: Path, name: str, *pairs: tuple[str, str]) -> Scenario:
    """The small centre in a file of its own, with some of its text replaced."""
    text = SMALL
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return ccsim.load(folder / name)


def test_names_are_those_of_variants_files_and_mappings(small_file: Path, tmp_path: Path) -> None:
    other = changed(tmp_path, "three_techs.yaml", ("technicians: {on_seat: 1", "technicians: {on_seat: 3"))
    variant = ccsim.load(small_file, "two_more")
    assert list(candidates.named([variant, other])) == ["two_more", "three_techs"]
    assert list(candidates.named({"mine": variant, "yours": other})) == ["mine", "yours"]
    assert list(candidates.named([loads(SMALL)])) == ["variant 1"]


def test_two_of_one_name_and_unfit_names_are_told_at_once(tmp_path: Path) -> None:
    one, two = changed(tmp_path, "a.yaml"), changed(tmp_path, "old/a.yaml")
    with pytest.raises(CcsimError, match=r"two candidates are called `a`: .*a\.yaml and .*old/a\.yaml"):
        candidates.named([one, two])
    with pytest.raises(CcsimError, match=r"`\.\./a` cannot be the name") as error:
        candidates.named({"../a": one, "base": two})
    assert "`base`" in str(error.value) and "2 faults" in str(error.value)


def test_all_that_differs_is_told_at_once(small_file: Path, tmp_path: Path) -> None:
    base = ccsim.load(small_file)
    one = changed(tmp_path, "one.yaml", ("weeks: 1\n", "weeks: 2\ninterval: 15min\nseed: 7\n"))
    two = changed(tmp_path, "two.yaml", ("  everyone:", "  members:"), ("currency: EUR", "currency: USD"))
    with pytest.raises(CcsimError) as error:
        compare(base, [one, two], 2)
    for told in (
        "one: `seed` is 7, in the base 1",
        "one: `weeks` is 2, in the base 1",
        "one: `interval` is 15min, in the base 30min",
        "two: `currency` is USD, in the base EUR",
        "two: `customers` is {members}, in the base {everyone}",
        "5 faults",
        "Nothing was run",
    ):
        assert told in str(error.value)


def test_a_file_equal_to_the_base_differs_by_exactly_zero(small_file: Path, tmp_path: Path) -> None:
    result = compare(ccsim.load(small_file), [changed(tmp_path, "same.yaml")], 3, clock="simpy")
    frame = result.differences()
    assert (frame[["difference", "low", "high", "se"]] == 0.0).all(axis=None)
    assert set(frame["verdict"]) == {"no change"}
    assert frame["chance_better"].isna().all()
    assert result.money["same"].gain.net[0] == 0.0


def test_another_file_is_opened_again_bit_for_bit(small_file: Path, tmp_path: Path) -> None:
    """It stands on the base's volumes and calibration, with its own agents and its own costs."""
    other = changed(tmp_path, "dearer.yaml", ("technicians: {on_seat: 1", "technicians: {on_seat: 3"),
                    ("churn: 18%/year", "churn: 30%/year"))  # fmt: skip
    base = ccsim.load(small_file)
    result = compare(base, [other, ccsim.load(small_file, "cheaper")], 3, clock="simpy", precision="asa=1h")
    assert result.variants["dearer"].outcomes.case.customers.churn[0] == pytest.approx(
        result.base.outcomes.case.customers.churn[0]
    )
    again = open_comparison(save_comparison(result, tmp_path / "out"))
    assert again.reached == result.reached
    for frame in ("differences", "money_frame", "frontier", "by_month", "precision"):
        mine, theirs = (getattr(each, frame)() for each in (result, again))
        assert mine.equals(theirs), frame
