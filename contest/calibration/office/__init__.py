"""Where chair, organizers and observers look at how comparable the marks are."""

from contest.calibration.office import again, first, places, rounds  # noqa: F401 - importing them adds their addresses
from contest.calibration.office.blueprint import bp

blueprints = [bp]
