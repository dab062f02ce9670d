"""The update for boards: what is new, missing, funded and changed over some days, on one page.

`figures.figures` counts, `charts.chart` draws, `paper.paper` puts the page together.
"""
