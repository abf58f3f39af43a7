"""What is assumed about people beyond shrinkage and pay: tenure, learning, contracts, turnover."""

from __future__ import annotations

from ccsim.scenario.usual_row import Usual, parameter_row, plain_row


def usual_of_people() -> list[Usual]:
    """Defaults of the people's sections; in force only where their part is switched on."""
    return [
        parameter_row("agents.*.learning.talk", "learning.kappa", "talk on the first day, times that "
                      "of experienced people"),
        parameter_row("agents.*.learning.tau", "learning.tau_months", "the gap shrinks to 37 % in "
                      "this time"),
        plain_row("agents.*.tenure", "24 months", "mean time in the job at the beginning, exponential",
                  "6 months", "5 years"),
        parameter_row("agents.*.assist.output", "assist.output", "more contacts an hour with the tool"),
        plain_row("agents.*.assist.faster", "2.5", "how many times faster drafting gets", "1.5", "4"),
        plain_row("agents.*.employed.leave", "5 weeks", "paid leave a year", "3 weeks", "7 weeks"),
        plain_row("agents.*.training.over", "4 weeks", "weeks the training is spread over"),
        *(row for section in ("agents.*.workforce", "workforce") for row in _workforce(section)),
    ]


def _workforce(section: str) -> list[Usual]:
    return [
        parameter_row(f"{section}.attrition", "workforce.attrition_annual", "leave, a year"),
        plain_row(f"{section}.replace.lead", "6 weeks", "until the successor's first day", "2 weeks",
                  "13 weeks"),
        plain_row(f"{section}.training", "3 weeks", "off the phones at the beginning", "1 week",
                  "8 weeks"),
        parameter_row(f"{section}.cost", "workforce.replacement_cost", "money a hire"),
        parameter_row(f"{section}.strain.threshold", "strain.occupancy_threshold",
                      "occupancy above which people tire"),
        plain_row(f"{section}.strain.recovery", "4 weeks", "time in which strain falls to 37 %",
                  "1 week", "13 weeks"),
        plain_row(f"{section}.strain.absence", "+100%", "absence at full strain", "+20%", "+200%"),
        plain_row(f"{section}.strain.attrition", "+100%", "attrition at full strain", "+20%", "+200%"),
        plain_row(f"{section}.strain.talk", "+5%", "talk at full strain", "+0%", "+15%"),
        plain_row(f"{section}.strain.fcr", "-5%", "chance to resolve at full strain", "-15%", "-1%"),
    ]
