"""The shell doors of the results."""

from contest.results.commands.bundle import bundle
from contest.results.commands.recount import recount
from contest.results.commands.tally import tally

commands = [bundle, recount, tally]
