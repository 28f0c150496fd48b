"""A post office on loopback: a real mail server (aiosmtpd) that puts letters into a mailbox file, and fails as it is told to.

The certificates are of an authority whose key was thrown away: `here.pem` for localhost and 127.0.0.1, `elsewhere.pem` for
mail.example.org. They are valid from 2020 to 2120.
"""

from tests.post.office import AUTHORITY, CERTIFICATES, PostOffice, settings_text

__all__ = ["AUTHORITY", "CERTIFICATES", "PostOffice", "settings_text"]
