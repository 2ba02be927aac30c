"""Pages of the staff workspace below /redaktion/: uploads, grid, releases, history."""
