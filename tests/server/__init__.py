"""A Hugging Face on loopback: the real one's behaviour over papers of our own making, and its failures on demand."""

from tests.server.connection import Request
from tests.server.hub import Hub
from tests.server.wire import Server

__all__ = ["Hub", "Request", "Server"]
