"""One check per file: columns of numbers in, findings out. Formulas and thresholds stand in docs/intake.md."""
