"""Documents that groups show us: checked before they are kept, and kept no longer than needed."""
