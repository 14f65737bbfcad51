"""The command that starts the dashboard."""

import argparse
import socket
import sys


def serve(chosen: argparse.Namespace) -> int:
    """Start the dashboard where something can listen."""
    from components.export.documents.urls import public_address
    from components.web import server
    from components.web.http import admission

    try:
        admission.most_readers()
        public_address()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if wrong := _cannot_listen(chosen.host, chosen.port):
        print(f"{chosen.host}:{chosen.port}: {wrong}; choose another with --port or --host", file=sys.stderr)
        return 1
    print(f"Almaty 2050: http://{chosen.host}:{chosen.port}", flush=True)
    server.run(chosen.host, chosen.port)
    return 0


def _cannot_listen(host: str, port: int) -> str | None:
    """Why nothing can listen on an address, or None; uvicorn would say so only after its start."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None
