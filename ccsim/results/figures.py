"""What the figures of loyalty and money mean: for the frames, and for the glossary in the docs."""

from __future__ import annotations

from typing import Final

LOYALTY: Final[dict[str, str]] = {
    "issues": "issues a customer and year",
    "bad_episodes": "bad episodes a customer and year: effort above the base's cut (the 85th percentile), or "
    "never resolved",
    "severe_episodes": "severe episodes a customer and year: never resolved, or three abandonments",
    "relation": "Z, what is left of all journeys in a customer's mind, in logits of satisfaction",
    "nps": "% 9-10 less % 0-6, asked of the relation",
    "churn": "customers lost a year, once churn has settled; with a number of bad episodes: by those who "
    "have as many in every 12 months",
    "churn_without_bad": "the same if no episode were bad or severe",
    "churn_uncontrollable": "the part of the churn stated that no service moves",
    "retention_12": "customers of today still there after 12 months (24, 36: likewise)",
    "clv": "margin of a customer for ever, discounted; with a number of bad episodes: of one who has as "
    "many for the next 12 months, and then is like the others; in economics: of all customers of today",
    "share_of_customers": "who have had so many bad episodes in the last 12 months",
    "hazard_ratio": "how many times as likely they are to leave as those without one, for it",
    "share_of_churn": "of those who leave, who have had so many",
    "survival": "customers of today still there at the end of the month; with a number of bad episodes: "
    "of those who have as many in every 12 months",
    "customers": "customers at the end of the month, newcomers and word of mouth included",
}
LINES: Final[dict[str, str]] = {  # of the ledger, a year
    "wages": "hours paid, shrinkage and ramp included, without overtime",
    "on_costs": "the employer's charges on wages and overtime",
    "overtime": "hours of overtime, with their supplement",
    "licences": "software, by agent on seat and month",
    "telecom": "minutes on the telephone",
    "overhead": "management, quality, planning, rent: a share of direct labour or of a partner's fees",
    "partner_fees": "a partner's invoices, by the hour, contact or minute",
    "hiring": "finding and starting those who replace others",
    "assist": "software that helps agents, by agent on seat and month",
    "gestures": "what empowered agents give away",
    "self_service": "sessions, and what was contained",
    "outreach": "customers told before they ask",
    "training": "of agents, once, at the start",
    "one_off": "whatever else is spent once, at the start",
}
# Money over the horizon unless it says otherwise.
ECONOMICS: Final[dict[str, str]] = {
    "cost": "all lines of a year; by month: paid so far, the one-off from the first month on",
    "margin": "margin that customers bring, by those there at each month's end; by month: so far",
    "upsell": "margin of what is sold at contacts that resolve",
    "word_of_mouth": "margin that word of mouth brings (`economics.growth_from`; off)",
    "at_stake": "margin that customers would bring more if no episode were bad",
    "customers_lost": "customers of today who leave within the horizon",
    "lost_to_bad": "of these, because of bad episodes",
    "break_even_customers": "customers who, kept for the whole horizon, would pay for the service",
    "clv": "value for ever of all customers of today",
    "gains": "against no service at all: margin kept, and upsell; by month: so far. Of a channel, intent, "
    "segment or site: what the service would earn if no episode were bad, by the issues resolved there, less "
    "what bad episodes lose there",
    "net": "gains less costs",
    "npv": "the same, each month discounted from its end",
    "roi": "total ROI: (gains - costs) / costs x 100",
    "roi_12": "total ROI after 12 months (24, 36: likewise)",
    "payback_month": "first month whose gains so far cover costs so far; nan if none of the curves does",
    "customers": "customers at the month's end",
    "contacts": "contacts of the month, as a multiple of those simulated",
    "resolved": "issues resolved a year",
    "cost_per_contact": "cost / contacts handled (a measure of service, too)",
    "cost_per_resolution": "cost / issues resolved (likewise)",
}
# Columns of `Run.customers`: unit and meaning.
CUSTOMERS: Final[dict[str, tuple[str, str]]] = {
    "segment": ("name", "segment of the customer"),
    "customer": ("number", "index of the customer within the segment"),
    "issues": ("number", "issues in the counted weeks"),
    "bad": ("number", "bad episodes in them"),
    "severe": ("number", "severe episodes in them"),
    "relation": ("logit", "Z at their end: moved by each issue in turn, drifting back in between"),
    "hazard_ratio": ("ratio", "how many times as likely to leave as a customer of the segment without a bad "
                     "episode in 12 months and with its usual Z; before the counted weeks all was as usual"),
    "leave": ("share", "chance to leave, at once after a severe failure or within 12 months"),
    "value": ("money", "margin for ever, discounted (CLV)"),
}  # fmt: skip
