"""Which static files are collected: all of ours, and of other people's what pages use."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaflet brings its source and the maps of it along, ten times what is served."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "leaflet-src*"]
