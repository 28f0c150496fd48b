"""Hugging Face and arXiv on loopback: how the real ones behave, over papers of our own making, and failures on demand."""

from tests.server.arxiv import Arxiv, ArxivServer
from tests.server.connection import Request
from tests.server.hub import Hub
from tests.server.wire import Server

__all__ = ["Arxiv", "ArxivServer", "Hub", "Request", "Server"]
