"""The command that starts the dashboard."""

import socket

import click


class Port(click.ParamType[int, str]):
    """A whole number from 1 to 65535."""

    name = "port"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number that is written, or refuse it in words."""
        if not value.isdecimal() or not 0 < int(value) < 65536:
            self.fail(f'port "{value}" is not a whole number from 1 to 65535', param, ctx)
        return int(value)


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default="8501",
    envvar="PORT",
    type=Port(),
    show_default=True,
    show_envvar=True,
    help="Port to listen on.",
)
def serve(host: str, port: int) -> None:
    """Start the dashboard."""
    from components.export.documents.urls import public_address
    from components.web import server
    from components.web.http import admission

    try:
        admission.most_readers()
        public_address()
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if obstacle := _obstacle(host, port):
        raise click.ClickException(f"{host}:{port}: {obstacle}; choose another with --port or --host")
    print(f"Almaty 2050: http://{host}:{port}", flush=True)
    server.run(host, port)


def _obstacle(host: str, port: int) -> str | None:
    """Return why nothing can listen on an address, or None; uvicorn would say so only after its start."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None
