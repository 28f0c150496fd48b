"""Where papers come from: Hugging Face, arXiv, saved pages. Foreign bytes go in, clean models come out."""
