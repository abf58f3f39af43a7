"""Cases with one kind of contact and one team: Erlang B, C and A, general patience and service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance import seen
from conformance.case import Case, exact_case, inputs
from conformance.centre import DAY, HOUR, Build, centre, exponential, intent, s, team
from conformance.seen import Measure


def usual(agents: float, within: float) -> dict[str, Measure]:
    """Every measure under the names that the published cases use."""
    named: dict[str, Measure] = {
        "p_block": seen.p_block,
        "p_wait": seen.p_wait,
        "p_abandon": seen.p_abandon,
        "asa": seen.mean_wait_all,
        "mean_wait": seen.mean_wait_all,
        "mean_wait_all": seen.mean_wait_all,
        "asa_answered": seen.asa_answered,
        "mean_wait_abandoned": seen.mean_wait_abandoned,
        "mean_queue": seen.mean_queue,
        "occupancy": seen.busy(agents),
        "service_level": seen.sl_offered(within),
        "sl_offered": seen.sl_offered(within),
        "p_ab_within_T": seen.p_ab_within(within),
    }
    for limit in (10, 20, 60):
        named |= {
            f"sl_offered_{limit}s": seen.sl_offered(limit),
            f"sl_answered_{limit}s": seen.sl_answered(limit),
            f"p_ab_within_{limit}s": seen.p_ab_within(limit),
            f"sl_excl_short_ab_{limit}s": seen.sl_excl_short_ab(limit),
            f"p_wait_gt_{limit}s": seen.p_wait_gt(limit),
        }
    return named


def one_team(
    rate: float, agents: int, talk: Any, patience: Any = "never", voice: Mapping[str, Any] | None = None,
    **more: Any,
) -> Build:  # fmt: skip
    return centre(
        {"call": rate}, {"call": intent(talk)}, {"team": team(agents)},
        {"patience": patience, **(voice or {})}, **more,
    )  # fmt: skip


def erlang_b() -> list[Case]:
    given = inputs("EB1")
    laws = {
        "exponential": exponential(180),
        "constant": {"constant": s(180)},
        "lognormal": {"lognormal": {"mean": s(180), "cv": 1.5}},
    }
    rate = given["offered_load"] / 180
    return [
        exact_case(
            "EB1",
            one_team(rate, given["servers"], law, voice={"lines": given["servers"]}),
            rate,
            usual(given["servers"], 20),
            name=f"EB1 {name}",
            what=f"Erlang loss: as many lines as agents, {name} service",
            contacts=3e5,
        )
        for name, law in laws.items()
    ]


def erlang_c() -> list[Case]:
    sizes = {"EC1": (4e5, 2 * HOUR, HOUR), "EC2": (6e5, 2 * HOUR, HOUR), "EC4": (1.2e6, HOUR, 900.0)}
    return [
        exact_case(
            name,
            one_team(given["lam"], given["servers"], exponential(given["aht"])),
            given["lam"],
            usual(given["servers"], given["T"]),
            contacts=contacts,
            settle=settle,
            tail=tail,
        )
        for name, (contacts, settle, tail) in sizes.items()
        for given in [inputs(name)]
    ]


def erlang_a() -> list[Case]:
    found = []
    sizes = {"EA1": (3.5e5, 2 * HOUR, HOUR), "EA3": (6e5, HOUR, 900.0), "EA5": (8e5, 1800.0, 600.0)}
    for name, (contacts, settle, tail) in sizes.items():
        given = inputs(name)
        build = one_team(
            given["lam"], given["servers"], exponential(given["aht"]), exponential(given["patience_mean"])
        )
        measures = usual(given["servers"], given["T"])
        found.append(
            exact_case(name, build, given["lam"], measures, contacts=contacts, settle=settle, tail=tail)
        )
    return [*found, few_lines(), one_chat()]


def few_lines() -> Case:
    given = inputs("EAK1")
    agents = given["servers"]
    build = one_team(
        given["lam"], agents, exponential(given["aht"]), exponential(given["patience_mean"]),
        {"lines": given["lines"]},
    )  # fmt: skip
    measures = {
        "p_block": seen.p_block,
        "p_wait": lambda v: v.share(v.delayed, v.accepted),
        "p_abandon": lambda v: v.share(v.lost, v.accepted),
        "mean_wait_all": seen.mean_wait_accepted,
        "mean_queue": seen.mean_queue,
        "mean_busy": seen.busy(1),
        "occupancy": seen.busy(agents),
        "throughput": lambda v: (float((v.counted & v.answered).sum()), v.length),
    }
    return exact_case("EAK1", build, given["lam"], measures)


def one_chat() -> Case:
    given = inputs("CH0")
    agents = given["agents"]
    build = one_team(
        given["lam"], agents, exponential(given["mean_chat_time_by_level"][0]),
        exponential(given["patience_mean"]),
    )  # fmt: skip
    measures = {
        **usual(agents, 20),
        "mean_active_chats": seen.busy(1),
        "agent_utilisation": seen.busy(agents),
    }
    return exact_case(
        "CH0", build, given["lam"], measures, contacts=3e5,
        what="chat with concurrency 1 = Erlang A, simulated as a voice queue",
    )  # fmt: skip


def general_patience() -> list[Case]:
    laws: dict[str, Any] = {
        "ZM1": {"constant": "60s"},
        "ZM2": {"weibull": {"mean": "120s", "shape": 2}},
        "ZM4": {"lognormal": {"mean": "120s", "cv": 1.5}},
        "ZM6": {"mixture": [{"weight": "15%", "constant": "0s"}, {"weight": "85%", "exponential": "120s"}]},
    }
    found = []
    for name, law in laws.items():
        given = inputs(name)
        build = one_team(given["lam"], given["servers"], exponential(given["aht"]), law)
        measures = usual(given["servers"], given["T"])
        found.append(exact_case(name, build, given["lam"], measures))
    return found


def general_service() -> list[Case]:
    """MD2 and SIM3 publish time in units of the service: here a unit is 100 s."""
    unit = 100.0
    md2, mg1, sim1, sim3 = (inputs(name) for name in ("MD2", "MG1", "SIM1", "SIM3"))
    scaled = {**usual(md2["servers"], 20), "asa": in_units(seen.mean_wait_all, unit)}
    erlang_2 = {"erlang": {"mean": s(unit), "k": 2}}
    of_sim3 = {
        **usual(sim3["servers"], sim3["T"] * unit),
        "mean_wait_all": in_units(seen.mean_wait_all, unit),
        "asa_answered": in_units(seen.asa_answered, unit),
    }
    return [
        exact_case(
            "MD2",
            one_team(md2["lam"] / unit, md2["servers"], {"constant": s(md2["service"] * unit)}),
            md2["lam"] / unit,
            scaled,
            what="deterministic service, 2 servers, rho = .8 (one unit of time: 100 s)",
        ),
        exact_case(
            "MG1",
            one_team(mg1["lam"], 1, {"lognormal": {"mean": "200s", "cv": 1.3}}),
            mg1["lam"],
            usual(1, 20),
            contacts=8e5,
            replications=48,
            settle=2 * DAY,
            tail=DAY,
        ),
        exact_case(
            "SIM1",
            one_team(sim1["lam"], sim1["servers"], {"lognormal": {"mean": "204s", "cv": 1.3}}),
            sim1["lam"],
            usual(sim1["servers"], sim1["T"]),
            contacts=8e5,
        ),
        exact_case(
            "SIM3",
            one_team(sim3["lam"] / unit, sim3["servers"], erlang_2, erlang_2),
            sim3["lam"] / unit,
            of_sim3,
            what="M/E2/100+E2, lambda = 102, service 1, patience 1 (one unit of time: 100 s)",
            contacts=8e5,
            settle=HOUR,
            tail=1200.0,
        ),
    ]


def in_units(measure: Measure, unit: float) -> Measure:
    def scaled(v: seen.Seen) -> seen.Pair:
        numerator, denominator = measure(v)
        return numerator / unit, denominator

    return scaled


def phases() -> list[Case]:
    ph1, ph3 = inputs("PH1"), inputs("PH3")
    build_1 = one_team(
        ph1["lam"], ph1["servers"], {"erlang": {"mean": "170s", "k": 2}}, exponential(ph1["patience_mean"])
    )
    build_3 = centre(
        {"call": ph3["lam"]},
        {"call": intent(exponential(ph3["talk_mean"]), wrap_up=exponential(ph3["acw_mean"]))},
        {"team": team(ph3["servers"])},
        {"patience": exponential(ph3["patience_mean"])},
    )
    after_talk = {
        **usual(ph3["servers"], ph3["T"]),
        "mean_busy_phase1": seen.busy(1, "talk"),
        "mean_busy_phase2": seen.busy(1, "wrap"),
    }
    return [
        exact_case("PH1", build_1, ph1["lam"], usual(ph1["servers"], ph1["T"])),
        exact_case("PH3", build_3, ph3["lam"], after_talk),
    ]


def bursty() -> Case:
    """Renewal arrivals come round the clock, all week: time is stretched so that a week is not too much."""
    given, stretch = inputs("SIM6"), 10.0
    gaps = {"mixture": [
        {"weight": "10%", **exponential(36 * stretch)}, {"weight": "90%", **exponential(6.6667 * stretch)},
    ]}  # fmt: skip
    rate = 1 / (0.1 * 36 + 0.9 * 6.6667) / stretch
    build = one_team(
        rate, given["servers"], exponential(given["aht"] * stretch),
        exponential(given["patience_mean"] * stretch), arrivals={"gaps": gaps},
    )  # fmt: skip
    measures = {
        **usual(given["servers"], given["T"] * stretch),
        "mean_wait_all": in_units(seen.mean_wait_all, stretch),
        "asa_answered": in_units(seen.asa_answered, stretch),
    }
    return exact_case(
        "SIM6", build, rate, measures, what="bursty renewal arrivals (time stretched tenfold): interarrival "
        "0.1 Exp(36) + 0.9 Exp(6.6667), exp service 170, patience 120",
        settle=20 * HOUR, tail=10 * HOUR,
    )  # fmt: skip


CASES = [
    *erlang_b(),
    *erlang_c(),
    *erlang_a(),
    *general_patience(),
    *general_service(),
    *phases(),
    bursty(),
]
