"""Looks after what is installed: ``python -m bench.audit``, or ``make audit``.

Every dependency is pinned to one version, what is installed is what is pinned, and no pinned version has a known
vulnerability. The last is asked of a service of advisories (`pip-audit`); where none can be reached, it says so and
leaves with 0: only what was found is a failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import click
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"
NOT_PINNED = frozenset({"clausula", "pip", "setuptools", "uv", "wheel"})  # this project, and what installs it
SERVICES = ("pypi", "osv")  # the second is asked where the first knows nothing
TIMEOUT = 10.0  # seconds for an answer of a service
PATIENCE = 300.0  # seconds for all of them


@dataclass(frozen=True, slots=True)
class Advice:
    """What a service of advisories said: vulnerabilities, packages that it does not know, and how many it does."""

    vulnerable: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    known: int = 0


def pins(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the version that is pinned of each package for this machine, and the lines that pin none."""
    pinned: dict[str, str] = {}
    loose: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        try:
            requirement = Requirement(line)
            (exact,) = requirement.specifier
        except (InvalidRequirement, ValueError):
            loose.append(line)
            continue
        if exact.operator != "==" or "*" in exact.version:
            loose.append(line)
        elif requirement.marker is None or requirement.marker.evaluate():
            pinned[canonicalize_name(requirement.name)] = exact.version
    return pinned, loose


def installed() -> dict[str, str]:
    """Return the version of each package that is installed here."""
    return {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}


def differences(pinned: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    """Yield each installed package that is not what is pinned."""
    for name, version in sorted(there.items()):
        if name not in NOT_PINNED and pinned.get(name) != version:
            yield f"{name} {version} is installed, but {pinned.get(name, 'no version')} is pinned"


def advisories(constraints: Path, service: str, options: Sequence[str] = ()) -> Advice | None:
    """Return what a service says of the pinned versions, or None where it cannot be reached."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(constraints), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", str(int(TIMEOUT))]
    command += ["--vulnerability-service", service, *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    known = [one for one in answer["dependencies"] if "vulns" in one]
    return Advice(
        vulnerable=tuple(_vulnerability(one, vuln) for one in known for vuln in one["vulns"]),
        unknown=tuple(one["name"] for one in answer["dependencies"] if "vulns" not in one),
        known=len(known),
    )


def _vulnerability(package: Mapping[str, Any], vuln: Mapping[str, Any]) -> str:
    names = ", ".join([vuln["id"], *vuln.get("aliases", ())])
    cure = ", ".join(vuln["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {names}; mended in {cure}"


def _ask(constraints: Path, services: Sequence[str], options: Sequence[str]) -> Advice | None:
    """Return what the first service says that knows anything."""
    for service in services:
        advice = advisories(constraints, service, options)
        if advice and advice.known:
            return advice
    return None


@click.command()
@click.option("--constraints", type=click.Path(exists=True, path_type=Path), default=CONSTRAINTS, help="The pins.")
@click.option("--service", "services", multiple=True, type=click.Choice(SERVICES), help="Ask only this service.")
@click.option("--osv-url", help="Address of another service that answers as OSV does.")
@click.option("--only-pins", is_flag=True, help="Leave out what is installed here.")
def main(constraints: Path, services: tuple[str, ...], osv_url: str | None, only_pins: bool) -> None:
    """Check pins, what is installed, and known vulnerabilities; exit code 1 when anything is wrong."""
    pinned, loose = pins(constraints.read_text("utf-8"))
    wrong = [f"not pinned to one version: {line}" for line in loose]
    wrong += () if only_pins else differences(pinned, installed())
    advice = _ask(constraints, services or SERVICES, ("--osv-url", osv_url) if osv_url else ())
    if advice is None:
        click.echo("known vulnerabilities: NOT CHECKED, no service of advisories can be reached")
    else:
        wrong += advice.vulnerable
        click.echo(f"known vulnerabilities: {len(advice.vulnerable)} in {advice.known} packages")
        if advice.unknown:
            click.echo(f"not checked, as the service does not know them: {', '.join(advice.unknown)}")
    for one in wrong:
        click.echo(one)
    click.echo(f"{len(pinned)} pins, {len(wrong)} wrong")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
