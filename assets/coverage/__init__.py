"""Where there is plenty, and where nothing: needs group × theme × ages × place.

`cells` counts, `gaps` says in words what is missing, `lost` what would be if something closed,
`not_found.told` what people looked for in vain. docs/decisions/0020-coverage.md says how.
"""

from assets.coverage.cells import Asked, Cell, Dim, Grid, Measure, cells
from assets.coverage.gaps import Gap, gaps
from assets.coverage.losing import Loss, lost

__all__ = ["Asked", "Cell", "Dim", "Gap", "Grid", "Loss", "Measure", "cells", "gaps", "lost"]
