"""A story in a notebook: as it shows itself, as tables for pandas or Polars, and as plots."""

from fabula.notebook.display import to_html
from fabula.notebook.plots import Plots
from fabula.notebook.tables import Tables

__all__ = ["Plots", "Tables", "to_html"]
