"""Reading the action plan, as plain dataclasses."""
