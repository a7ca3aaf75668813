"""Who does what in the sample year: the light of each item, and what happens to its reports.

Items are named `k17` (重点工作第17项) and `p3` (十件实事第3件); periods by their code.
"""

from __future__ import annotations

from tasks.models import Task

AHEAD, ON_PACE, SLOW, LATE, NOT_STARTED = "ahead", "on_pace", "slow", "late", "not_started"

# Lights in the 定稿 of 30 June; every item not named is on pace. The published figures of p1 and
# p2 put them ahead by themselves.
AHEAD_ITEMS = frozenset(("p1", "p2", "k40", "k53", "k110"))
SLOW_BY_PERCENT = frozenset(("p6", "k21", "k27", "k31", "k34", "k52", "k73", "k75", "k80", "k98"))
SLOW_IN_WORDS = frozenset(
    ["k13", "k25", "k38", "k44", "k59", "k60", "k64", "k89", "k105", "k109", "k116", "k124"]
)
LATE_BY_PERCENT = frozenset(("p10", "k35", "k51", "k106"))
LATE_IN_WORDS = frozenset(("k126",))
NOT_STARTED_ITEMS = frozenset(("k14",))
DONE_ITEMS = ("k6", "k8", "k42")  # closed on 30 June, after their last report
SUSPENDED_ITEM, EXTENDED_ITEM, OVERRIDDEN = "k65", "k7", ("k99", "2022-Q2")

# The item's report that never came, one per item.
MISSING = {
    "k36": "2022-H1",
    "k107": "2022-H1",
    "k23": "2022-Q1",
    "k41": "2022-Q1",
    "k58": "2022-Q1",
    "k72": "2022-Q1",
    "k103": "2022-Q1",
    "k45": "2022-Q2",
    "k112": "2022-Q2",
    "k30": "2022-02",
    "k46": "2022-03",
    "k78": "2022-03",
    "k87": "2022-04",
    "k92": "2022-04",
    "k76": "2022-05",
}
# Left the unit after the deadline.
FILED_LATE = {
    "k84": "2022-06",
    "p8": "2022-06",
    "k61": "2022-H1",
    "k17": "2022-03",
    "k35": "2022-05",
    "k98": "2022-04",
    "k5": "2022-Q1",
    "k19": "2022-Q2",
    "k113": "2022-Q2",
    "p5": "2022-05",
}
# In time, and accepted by the office only after the 定稿 of its period (待审核, then 补充定稿).
ACCEPTED_AFTER = {"k77": "2022-05"}
# Returned once by the office, refiled and accepted.
RETURNED = {
    item: code
    for code, items in {
        "2022-02": "k18 k20 k53",
        "2022-03": "k21 k22 p6 k80",
        "2022-04": "k27 k73 p7 k110",
        "2022-05": "k31 k34 p10 k86 k40",
        "2022-06": "k51 p4 k54 k101",
        "2022-Q1": "k2 k9 k25 k49 k96",
        "2022-Q2": "k13 k43 k64 k126",
        "2022-H1": "k60",
    }.items()
    for item in items.split()
}
# Corrected: before the 定稿 of its period, and long after it.
CORRECTED_BEFORE, CORRECTED_AFTER = ("k73", "2022-05"), ("k68", "2022-03")
OFFLINE = frozenset(("k57", "k122"))  # signed on paper, sent with the stamped sheet
ASKS_THE_CITY = frozenset(["k2", "k30", "k31", "k48", "k83", "k106", "k126", "p6", "p10", "k52"])

# How far the July report of each monthly item has come.
JULY = {
    item: state
    for state, items in {
        "none": "p8 p9 p10 k17 k35 k46 k78 k87 k98",
        "draft": "k20 k31 k55 k77 k92 k101 p6",
        "signing": "k22 k30 k51 k54 k110 p5",
        "returned": "k75 k79 p3",
        "reviewing": "k18 k21 k40 k73 k84 k86 p2 p7",
        "accepted": "k27 k34 k53 k68 k76 k80 p1 p4",
    }.items()
    for item in items.split()
}
RETURNED_BY_SIGNER = "k75"


def key_of(task: Task) -> str:
    """`k17`, `p3`."""
    return f"{'p' if task.is_project else 'k'}{task.number}"


def light_of(item: str, code: str) -> str:
    """The light that a unit proposes in a period; trouble shows in the second quarter."""
    if item in NOT_STARTED_ITEMS:
        return NOT_STARTED
    if code in ("2022-Q1", "2022-02", "2022-03", "2022-04", "2022-05"):
        return ON_PACE
    if item in LATE_IN_WORDS | LATE_BY_PERCENT:
        return LATE
    if item in SLOW_BY_PERCENT | SLOW_IN_WORDS:
        return SLOW
    return AHEAD if item in AHEAD_ITEMS else ON_PACE
