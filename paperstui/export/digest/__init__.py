"""A digest of new papers, and its forms: text, Markdown, HTML, JSON and an e-mail. Nothing here touches a file or a clock."""
