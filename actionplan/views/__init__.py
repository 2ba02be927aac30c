"""Staff pages of the action plan, below /redaktion/aktionsplan/."""
