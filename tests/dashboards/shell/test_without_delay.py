"""Connections to a socket that Streamlit opened send at once; other files are left as they are."""

import os
import socket

from dashboards.shell.without_delay import send_together, send_without_delay


def accepted_sends_at_once(listening: socket.socket) -> bool:
    """True when a connection that came by this socket waits for no confirmation."""
    with socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            return bool(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_a_connection_sends_at_once_also_where_its_socket_does_not_say_it_is_tcps() -> None:
    # As Streamlit opens it: without the protocol.
    with socket.socket(family=socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert not accepted_sends_at_once(listening)
        send_without_delay()
        assert accepted_sends_at_once(listening)


def test_other_sockets_and_files_stay_open_and_as_they_are() -> None:
    reading, writing = os.pipe()
    with socket.socket() as idle, open(reading, "rb") as end:
        send_without_delay()
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        os.write(writing, b"x")
        os.close(writing)
        assert end.read() == b"x"


def test_the_messages_of_one_client_wait_for_each_other_and_no_other_answers_do() -> None:
    with socket.socket(family=socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_without_delay()
        with (
            socket.create_connection(listening.getsockname()) as page,
            socket.create_connection(listening.getsockname()) as file,
        ):
            of_page, of_file = (listening.accept()[0] for _ in range(2))
            with of_page, of_file:
                assert of_page.getpeername() == page.getsockname() != file.getsockname()
                send_together(page.getsockname())
                assert not of_page.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                assert of_file.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
