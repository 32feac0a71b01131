"""What someone is told who asks the program for what it has not."""

import pytest

from chancery.cli import commands


@pytest.mark.parametrize("option", ["--port", "--sandbox-port"])
@pytest.mark.parametrize("port", ["99999", "0", "-1"])
@pytest.mark.parametrize("command", ["up", "doctor"])
def test_a_port_that_no_machine_has_is_refused_in_a_sentence(
    command: str, port: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = commands.main([command, f"{option}={port}"])

    told = capsys.readouterr()
    assert code == 1
    assert told.out == ""
    assert told.err == (f"There is no port {port}: choose one from 1 to 65535 with {option}.\n")


def test_a_command_that_there_is_not_is_named_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = commands.main(["nonsense"])

    told = capsys.readouterr()
    assert code == 2
    assert told.err == (
        "chancery has no command 'nonsense': choose one of up, verify, doctor, firm, password, reset, import.\n"
    )


def test_help_names_the_command_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        commands.main(["--help"])

    assert "usage: chancery [-h] COMMAND" in capsys.readouterr().out
