"""The paragraph that says where a scenario stands: only with a sector, in 80 columns."""

from __future__ import annotations

from said import Call


def paragraph(said) -> str:  # type: ignore[no-untyped-def]
    start = next(n for n, line in enumerate(said.lines) if line.startswith("Where it stands"))
    stop = next(n for n, line in enumerate(said.lines) if n > start and not line.startswith("  "))
    return " ".join(line.strip() for line in said.lines[start:stop])


def test_it_names_what_misses_its_level_and_what_is_assumed(call: Call) -> None:
    said = call("run", "small.yaml", "--no-charts", "--set", "targets.preset=bank")
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    text = paragraph(said)
    assert text.startswith("Where it stands (sector: bank): poor: ")
    assert "churn 18.0 % (usual 8 %)*" in text  # as stated, and above what is usual
    assert text.endswith("* by levels that are an assumption.")
    assert "nan" not in said.out and "\u00a0" not in said.out


def test_without_a_sector_nothing_is_said(call: Call) -> None:
    assert "Where it stands" not in call("run", "small.yaml", "--no-charts", "--replications", "1").out


def test_what_is_not_known_is_left_out(call: Call, here) -> None:  # type: ignore[no-untyped-def]
    text = (here / "small.yaml").read_text()
    (here / "poor.yaml").write_text(text.replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}"))
    said = call("run", "poor.yaml", "--no-charts", "--replications", "1", "--set", "targets.preset=telecom")
    assert "churn" not in paragraph(said) and "FCR" in paragraph(said)


def test_surveyed_csat_and_who_answers_stand_in_the_table(call: Call) -> None:
    said = call("run", "small.yaml", "--no-charts")
    place = next(n for n, line in enumerate(said.lines) if "CSAT (4–5 of 5)" in line)
    assert said.lines[place + 1].startswith("  CSAT, as surveyed")
    assert said.lines[place + 2].startswith("  share who answer surveys       15.0 %")
    easy = next(line for line in said.lines if "7 easy" in line)
    turned = call("run", "small.yaml", "--no-charts", "--set", "experience.ces.polarity=effort")
    hard = next(line for line in turned.lines if "7 hard" in line)
    assert float(easy.split()[5]) + float(hard.split()[5]) == 8.0
