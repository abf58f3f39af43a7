"""Cases with several kinds of contact: priorities, N- and X-models, skills, overflow by time waited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance import seen
from conformance.case import Case, exact_case, inputs
from conformance.centre import DAY, HOUR, Build, centre, exponential, intent, share, team
from conformance.seen import Measure, for_intent


def numbered(measures: Mapping[str, Measure], intents: Mapping[str, str]) -> dict[str, Measure]:
    """`p_wait` of intent `a`, published as `p_wait_1`: one entry for each measure and number."""
    return {
        f"{name}_{number}": for_intent(label, measure)
        for name, measure in measures.items()
        for number, label in intents.items()
    }


USUAL = {
    "p_block": seen.p_block,
    "p_wait": seen.p_wait,
    "p_abandon": seen.p_abandon,
    "mean_wait": seen.mean_wait_all,
    "mean_wait_all": seen.mean_wait_all,
    "mean_wait_accepted": seen.mean_wait_accepted,
    "mean_queue": seen.mean_queue,
}
TWO = {"1": "first", "2": "second"}


def priorities() -> list[Case]:
    return [one_agent(), patient(), impatient()]


def two_classes(
    rates: list[float], talks: list[float], agents: int, patience: Any = "never", **sections: Any
) -> tuple[Build, dict[str, float]]:
    """Two kinds of contact, one team for both, the first served first."""
    by_name = dict(zip(("first", "second"), rates, strict=True))
    intents = {name: intent(exponential(talk)) for name, talk in zip(by_name, talks, strict=True)}
    routing = {"priority": {"first": 1, "second": 2}}
    build = centre(
        by_name, intents, {"team": team(agents, *by_name)}, {"patience": patience},
        routing={**routing, **sections},
    )  # fmt: skip
    return build, by_name


def one_agent() -> Case:
    given = inputs("MG1P")
    build, rates = two_classes(given["lam"], given["service_mean"], 1)
    measures = {**numbered(USUAL, TWO), "occupancy": seen.busy(1)}
    return exact_case("MG1P", build, rates, measures, contacts=8e5, replications=48, settle=2 * DAY, tail=DAY)


def patient() -> Case:
    given = inputs("PR0")
    build, rates = two_classes(given["lam"], [given["aht"]] * 2, given["servers"])
    measures = {
        **numbered({**USUAL}, TWO),
        "p_wait": seen.p_wait,
        "mean_wait_1_given_wait": for_intent("first", seen.mean_wait_given_wait),
    }
    return exact_case("PR0", build, rates, measures, contacts=7e5)


def impatient() -> Case:
    given = inputs("PR1")
    build, rates = two_classes(
        given["lam"], [given["aht"]] * 2, given["servers"], exponential(given["patience_mean"][0])
    )
    measures = {
        **numbered(USUAL, TWO),
        "sl_offered_1_20s": for_intent("first", seen.sl_offered(20)),
        "sl_offered_2_20s": for_intent("second", seen.sl_offered(20)),
        "occupancy": seen.busy(given["servers"]),
    }
    return exact_case("PR1", build, rates, measures)


def n_model(given: dict[str, Any], **routing: Any) -> tuple[Build, dict[str, float]]:
    """Pool 1 serves A only; pool 2 serves B, and A when pool 1 is busy."""
    rates = {"a": given["lam_A"], "b": given["lam_B"]}
    intents = {
        "a": intent(exponential(given["aht_A_pool1"]), patience=exponential(given["patience_A"])),
        "b": intent(exponential(given["aht_B_pool2"]), patience=exponential(given["patience_B"])),
    }
    speed = given["aht_A_pool1"] / given["aht_A_pool2"]
    helps = {"speed": share(speed), "rank": 2}
    agents = {
        "pool1": team(given["pool1_agents"], "a"),
        "pool2": {"on_seat": given["pool2_agents"], "skills": {"b": "100%", "a": helps}},
    }
    return centre(rates, intents, agents, routing=routing), rates


def n_measures(given: dict[str, Any]) -> dict[str, Measure]:
    return {
        **numbered(USUAL, {"A": "a", "B": "b"}),
        "occupancy_pool1": seen.busy(given["pool1_agents"], group="pool1"),
        "occupancy_pool2": seen.busy(given["pool2_agents"], group="pool2"),
        "share_A_served_by_pool2": for_intent("a", seen.served_by("pool2")),
    }


def n_models() -> list[Case]:
    own_first, a_first = inputs("NM1"), inputs("NM3")
    build_1, rates = n_model(own_first)
    build_3, _ = n_model(a_first, priority={"a": 1, "b": 2})
    return [
        exact_case("NM1", build_1, rates, n_measures(own_first)),
        exact_case(
            "NM3", build_3, rates, n_measures(a_first),
            what="N-model: as NM1, but a freed pool-2 agent takes A first",
        ),
    ]  # fmt: skip


def x_model() -> Case:
    given = inputs("XM1")
    rates = {"one": given["lam"][0], "two": given["lam"][1]}
    talk = intent(exponential(given["aht"]))
    agents = {
        "only1": team(given["agents"][0], "one"),
        "only2": team(given["agents"][1], "two"),
        "both": team(given["agents"][2], "one", "two"),
    }
    build = centre(
        rates, {"one": talk, "two": talk}, agents,
        {"patience": exponential(given["patience_mean"]), "queue_limit": given["waiting_room"]},
    )  # fmt: skip
    measures = {
        **numbered(USUAL, {"0": "one", "1": "two"}),
        "share_class0_by_group0": for_intent("one", seen.served_by("only1")),
        "share_class0_by_group2": for_intent("one", seen.served_by("both")),
        "share_class1_by_group1": for_intent("two", seen.served_by("only2")),
        "share_class1_by_group2": for_intent("two", seen.served_by("both")),
        "occupancy_group0": seen.busy(2, group="only1"),
        "occupancy_group1": seen.busy(2, group="only2"),
        "occupancy_group2": seen.busy(2, group="both"),
    }
    return exact_case("XM1", build, rates, measures)


TYPES = [f"type{k}" for k in range(1, 7)]


def six_types(all_skills: bool) -> tuple[Build, dict[str, float]]:
    given = inputs("WW6")
    rates = dict.fromkeys(TYPES, given["lam_total_per_min"] / 60 / 6)
    talk = intent(exponential(60 * given["aht_min"]))
    if all_skills:
        agents = {"everyone": team(given["servers"], *TYPES)}
    else:
        agents = {f"team_{name}": team(given["servers"] // 6, name) for name in TYPES}
    build = centre(rates, dict.fromkeys(TYPES, talk), agents, {"queue_limit": given["waiting_room"]})
    return build, rates


def skill_sets() -> list[Case]:
    """WW1 also publishes the share served by agents of the type, 0.99999 by its way of counting: with one
    skill an agent it is 1."""
    measures = {
        "p_block": seen.p_block,
        "p_wait_offered": seen.p_wait,
        "mean_wait_accepted_s": seen.mean_wait_accepted,
        "answered_within_30s_of_accepted": seen.sl_accepted(30),
        "occupancy": seen.busy(90),
    }
    cases = []
    for name, all_skills, contacts in (("WW6", True, 6e5), ("WW1", False, 1e6)):
        build, rates = six_types(all_skills)
        cases.append(exact_case(name, build, rates, measures, contacts=contacts, settle=6 * HOUR, tail=HOUR))
    return cases


def overflow_by_time() -> Case:
    given = inputs("SIMD2")
    rates = dict(zip(("one", "two"), given["lam"], strict=True))
    talk = intent(exponential(given["aht"]))
    agents = {
        "pool1": team(given["agents"][0], "one"),
        "pool2": {"on_seat": given["agents"][1], "skills": {"two": "100%", "one": {"rank": 2}}},
    }
    ladder = {"after": f"{given['relax_after']}s", "to": ["pool2"], "skills": ["one"]}
    build = centre(
        rates, {"one": talk, "two": talk}, agents, {"patience": exponential(given["patience_mean"])},
        routing={"overflow": ladder},
    )  # fmt: skip
    measures = {
        **numbered(USUAL, {"1": "one", "2": "two"}),
        "sl_offered_20s_1": for_intent("one", seen.sl_offered(given["T"])),
        "sl_offered_20s_2": for_intent("two", seen.sl_offered(given["T"])),
        "share_1_served_by_pool2": for_intent("one", seen.served_by("pool2")),
    }
    return exact_case("SIMD2", build, rates, measures)


CASES = [*priorities(), *n_models(), x_model(), *skill_sets(), overflow_by_time()]
