"""Nothing goes round the acts: who writes an appointment, gives a password or takes a factor away
is written down here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parents[3]
APPS = ("units", "tasks", "progress", "reports", "huangshi_tasks")
# behind the acts
RAW = {
    "give_first_password": {
        "units/people/accounts.py",
        "units/powers/acts.py",
        "units/powers/deciding.py",
    },
    "take_away": {
        "units/factors/acts.py",
        "units/management/commands/reset_factor.py",  # whoever runs the server
        "units/powers/acts.py",
        "units/powers/deciding.py",
    },
}
# appointments without a form: the first administrator of an empty system, and the roles of a unit
MADE = {
    "units/management/commands/appoint_admin.py",
    "units/first_run/keys.py",
    "progress/duties/handover.py",
    "progress/unit_list/passing.py",
}
FORMS = {"AppointmentForm", "UserForm"}
FORMS_OF = {
    *("units/admin.py", "units/imports/accounts.py", "units/powers/forms.py"),
    "units/staff/acts.py",
}


def product() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((HERE / app).rglob("*.py")):
            if "tests" not in path.parts and "migrations" not in path.parts:
                yield str(path.relative_to(HERE)), ast.parse(path.read_text("utf-8"))


def test_every_appointment_and_reset_comes_by_the_acts() -> None:
    called: dict[str, set[str]] = {name: set() for name in RAW}
    made, forms = set(), set()
    for path, tree in product():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=name)) if name in RAW:
                    called[name].add(path)
                case ast.Call(func=ast.Attribute(attr=name)) if name in RAW:
                    called[name].add(path)
                case ast.Call(
                    func=ast.Attribute(
                        attr="create" | "bulk_create" | "update_or_create" | "get_or_create",
                        value=ast.Attribute(value=ast.Name(id="Appointment")),
                    )
                ):
                    made.add(path)
                case ast.ImportFrom(module="units.people.admin_forms", names=names):
                    if FORMS & {each.name for each in names}:
                        forms.add(path)
    assert {name: where - RAW[name] for name, where in called.items()} == {
        name: set() for name in RAW
    }
    assert made == MADE
    assert forms == FORMS_OF, "who saves such a form calls units.powers.acts.save"
