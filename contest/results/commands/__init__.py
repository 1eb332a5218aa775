"""The shell doors of the results."""

from contest.results.commands.bundling import bundle
from contest.results.commands.recounting import recount
from contest.results.commands.tally import tally

commands = [bundle, recount, tally]
