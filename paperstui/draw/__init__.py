"""What is shown, as plain lines of (text, ink) spans: no Textual, so commands can show the same."""
