"""Foreign text: the door it comes in by (clean), how wide it is (width), what it is called (titles), and its LaTeX (latex)."""
