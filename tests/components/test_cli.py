"""The command line says what it wants in a sentence, never in a traceback."""

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from components.arguments import COMPARE, POLYCENTRICITY, PROGRESS
from components.cli.main import almaty2050, main

PROGRAM = Path(sys.executable).parent / "almaty2050"
README = Path(__file__).parents[2] / "README.md"


def test_the_program_is_installed_and_lists_its_commands():
    answer = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True)
    assert set(almaty2050.commands) <= set(answer.stdout.split())


def test_the_readme_names_every_command_and_no_other():
    """The list in prose, and every line of a shell that calls the program."""
    readme = README.read_text(encoding="utf-8")
    (listed,) = re.findall(r"almaty2050 --help` lists the commands:(.*?)\.\n", readme, re.DOTALL)
    assert re.findall(r"`([^`]*)`", listed) == list(almaty2050.commands)
    called = re.findall(r"almaty2050 ([a-z]+)", readme)
    assert called
    assert set(called) <= set(almaty2050.commands)


@pytest.mark.parametrize("command", almaty2050.commands)
def test_every_command_has_help(command, capsys):
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: almaty2050 {command}")
    assert len(said.splitlines()) >= 5
    options = almaty2050.commands[command].params
    assert all(option.help for option in options if isinstance(option, click.Option))


@pytest.mark.parametrize(
    ("command", "grammar"),
    [("progress", PROGRESS), ("measures", POLYCENTRICITY), ("compare", COMPARE)],
)
def test_the_options_of_records_are_those_of_the_interface_for_programs(command, grammar):
    declared = {option.name: option for option in almaty2050.commands[command].params}
    arguments = {argument.key: argument for argument in grammar if argument.key != "target"}
    assert declared.keys() - {"as_json"} == arguments.keys()
    for key, argument in arguments.items():
        option = declared[key]
        assert (option.required, option.multiple) == (argument.required, argument.repeatable)
        if not argument.required:
            assert option.default == str(argument.default)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 81", "8501.5", "", "٨٥٠١x"])
def test_a_wrong_port_is_named(port, capsys):
    assert main(["serve", f"--port={port}"]) == 2
    assert f'port "{port}" is not a whole number from 1 to 65535' in capsys.readouterr().err


def test_a_wrong_port_in_the_environment_is_named(capsys, monkeypatch):
    monkeypatch.setenv("PORT", "eighty")
    assert main(["serve"]) == 2
    assert 'port "eighty" is not a whole number' in capsys.readouterr().err


def test_a_port_in_use_is_named_before_anything_is_started(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    said = capsys.readouterr()
    assert not said.out, "it says the address of a page that will not come"
    assert f"127.0.0.1:{port}: address already in use; choose another" in said.err


def test_a_host_that_does_not_exist_is_named(capsys):
    assert main(["serve", "--host", "no.such.host.invalid"]) == 1
    assert "no.such.host.invalid:8501: " in capsys.readouterr().err


READERS = ("ALMATY2050_READERS", "abc", "is not a whole number above 0")
ADDRESS = ("ALMATY2050_ADDRESS", "figures.kz", "does not start with https:// or http://")


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        (["serve"], READERS),
        (["serve"], ADDRESS),
        (["render", "map", "--out", "map.csv"], ADDRESS),
    ],
)
def test_a_wrong_setting_is_named_before_anything_is_made(words, setting, capsys, monkeypatch, tmp_path):
    name, value, wrong = setting
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("components.web.server.run", lambda *_: pytest.fail("the server was started"))
    assert main(words) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f'{name} "{value}" {wrong}\n')
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("words", [[], ["bogus"]])
def test_without_a_known_command_it_says_which_there_are(words, capsys):
    assert main(words) == 2
    assert "COMMAND" in capsys.readouterr().err


def test_the_project_passes_its_own_check(capsys):
    assert main(["check"]) == 0
    assert "no problems" in capsys.readouterr().out


def test_a_folder_that_does_not_exist_is_named(capsys, tmp_path):
    assert main(["check", str(tmp_path / "nothing")]) == 1
    assert "is not a folder" in capsys.readouterr().out


def test_datapackage_writes_every_file_it_lists(tmp_path, capsys):
    folder = tmp_path / "deep" / "package"
    assert main(["datapackage", str(folder)]) == 0
    assert capsys.readouterr().out.strip() == str(folder / "datapackage.json")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert all((folder / resource["path"]).is_file() for resource in described["resources"])
    assert len(described["resources"]) == len(list((folder / "tables").iterdir()))


def test_datapackage_into_a_file_says_so(tmp_path, capsys):
    taken = tmp_path / "taken"
    taken.write_text("")
    assert main(["datapackage", str(taken)]) == 1
    assert f"{taken}: cannot be written" in capsys.readouterr().err
