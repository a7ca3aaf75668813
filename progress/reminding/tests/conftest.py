"""People who can be written to, and a plan that reminds of filings only."""

import pytest

from progress.models import ProgressReport
from tests.cast import Cast, only_filings


@pytest.fixture
def addresses(cast: Cast, report: ProgressReport) -> None:
    for actor in (cast.reporter, cast.signer, cast.office):
        actor.user.email = f"u{actor.user.pk}@huangshi.example"
        actor.user.save()
    only_filings(report.task.plan)
