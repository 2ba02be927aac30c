"""Documents that people take along: builders make a tree of blocks, writers turn it into files (ADR 15)."""
