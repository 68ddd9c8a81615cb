"""Citations of plans: what a string names, and which strategy and edition that is."""
