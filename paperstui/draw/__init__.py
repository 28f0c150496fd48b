"""What is shown, as plain lines of (text, ink) spans: no Textual, so commands and a first frame can use it, too."""
