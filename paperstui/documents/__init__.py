"""Full texts and other large foreign things: how they are kept, read and laid out."""
