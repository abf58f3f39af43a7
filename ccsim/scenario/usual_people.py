"""What is assumed about people beyond shrinkage and pay: tenure, learning, contracts, turnover."""

from __future__ import annotations

from ccsim.scenario.usual_row import Usual, parameter_row, plain_row


def usual_of_people() -> list[Usual]:
    """Defaults of the people's sections; in force only where their part is switched on."""
    return [
        plain_row("agents.*.employed.leave", "5 weeks", "a year, in whole weeks, paid", "4 weeks", "8 weeks"),
        parameter_row(
            "agents.*.learning.talk",
            "learning.kappa",
            "talk and wrap-up on the first day, of an experienced agent's",
        ),
        parameter_row("agents.*.learning.tau", "learning.tau_months", "in this time the gap shrinks to 37%"),
        plain_row(
            "agents.*.tenure",
            "24 months",
            "mean time in the job at the beginning, exponential",
            "6 months",
            "60 months",
        ),
        parameter_row(
            "agents.*.assist.output", "assist.output", "more contacts an hour; beginners twice as much"
        ),
        plain_row(
            "agents.*.assist.faster",
            "2.5",
            "how many times faster drafting gets",
            "2",
            "3",
            "source documents: AI drafting 2-3x faster",
            "folklore",
        ),
        plain_row("agents.*.training.over", "4 weeks", "the hours of training are spread over"),
        *(row for at in ("workforce", "agents.*.workforce") for row in _workforce(at)),
    ]


def _workforce(at: str) -> list[Usual]:
    """Defaults of the workforce, in the section of that name or in a group's own."""
    strain = "at full strain, all the week at 100% occupancy"
    return [
        parameter_row(f"{at}.attrition", "workforce.attrition_annual", "employed people who leave"),
        parameter_row(f"{at}.cost", "workforce.replacement_cost", "of a hire"),
        plain_row(
            f"{at}.replace.lead",
            "6 weeks",
            "from the last day to the successor's first",
            "2 weeks",
            "13 weeks",
        ),
        plain_row(
            f"{at}.training", "3 weeks", "off the phones at the beginning of every hire", "1 week", "8 weeks"
        ),
        parameter_row(f"{at}.strain.threshold", "strain.occupancy_threshold", "occupancy that strains"),
        plain_row(
            f"{at}.strain.recovery", "4 weeks", "strain shrinks to 37% in this time", "1 week", "13 weeks"
        ),
        plain_row(f"{at}.strain.absence", "2", f"times the absence {strain}", "1", "3"),
        plain_row(f"{at}.strain.attrition", "2", f"times the attrition {strain}", "1", "3"),
        plain_row(f"{at}.strain.talk", "1.05", f"times talk and wrap-up {strain}", "1", "1.15"),
        plain_row(f"{at}.strain.fcr", "0.95", f"times the chance to resolve {strain}", "0.85", "1"),
    ]
