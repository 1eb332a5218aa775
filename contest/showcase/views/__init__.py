"""The public pages of results: what is there once they are published, and for nobody before."""

from contest.showcase.views import machines, pictures, results, sheets, site
from contest.showcase.views.blueprint import bp

blueprints = [bp, site.bp]

__all__ = ["blueprints", "bp", "machines", "pictures", "results", "sheets", "site"]
