"""What people write in a cell, understood; or told what would be."""
