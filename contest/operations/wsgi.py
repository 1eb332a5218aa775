"""The application as a web server loads it."""

import gc

from contest import create_app
from contest.web import logs

logs.configure()
app = create_app()

# What start-up made lives as long as the process: the collector need not look through it again at every full round.
gc.collect()
gc.freeze()

# A page makes tens of thousands of objects that die with it: looking for cycles at every 700 costs a twentieth of it.
gc.set_threshold(30_000, 20, 50)
