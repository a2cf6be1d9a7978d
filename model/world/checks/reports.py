"""Reports about something there is, and directives that consult and answer in ways that can be carried out."""

from model.errors import InputError
from model.schema import Directive, World
from model.world.checks.common import Where, named

ATTENTION = "attention"


def check_reports(world: World, where: Where) -> None:
    """Raise InputError at the first report, consultation or answer that does not fit."""
    for name, report in world.reports.items():
        here = ["reports", name]
        if name == ATTENTION:
            raise InputError("a report that is called as attention from outside is", where=where(here), found=name,
                             allowed="another name")  # fmt: skip
        named("agency", report.agency, world.agencies, where, [*here, "agency"])
        known = {"clock": list(world.clocks), "resource": list(world.resources), "waiting": list(world.stages)}
        if report.measure in known:
            named(report.measure.replace("waiting", "stage"), getattr(report, report.measure), known[report.measure],
                  where, [*here, report.measure])  # fmt: skip
        if report.resource is not None and world.resources[report.resource].kind != "stock":
            raise InputError("a report on what nobody is in", where=where([*here, "resource"]), found=report.resource,
                             allowed="a stock")  # fmt: skip
    if world.reports and world.reporting is None:
        raise InputError("reports, and nothing on how they travel", where=where(["reporting"]),
                         allowed="candour, contact and attention")  # fmt: skip
    for name, directive in world.directives.items():
        _directive(world, name, directive, where)


def _directive(world: World, name: str, directive: Directive, where: Where) -> None:
    here = ["directives", name]
    for agency in directive.consults:
        named("agency", agency, world.agencies, where, [*here, "consults", agency])
    for report in directive.expects:
        named("report", report, world.reports, where, [*here, "expects", report])
    for resource, more in directive.resources.items():
        if more.by is not None:
            named("agency", more.by, world.agencies, where, [*here, "resources", resource, "by"])
    for at, answer in enumerate(directive.answers):
        place = [*here, "answers", at]
        named("report", answer.hears, [*world.reports, ATTENTION], where, [*place, "hears"])
        if answer.issues is not None:
            named("other directive", answer.issues, [other for other in world.directives if other != name], where,
                  [*place, "issues"])  # fmt: skip
        moved = directive if answer.puts_off else world.directives[answer.issues] if answer.issues else None
        if moved is not None and (moved.opens or moved.deters):
            raise InputError("brings cases or keeps them away, whose day cannot depend on the run",
                             where=where(place), found=answer.issues or name,
                             allowed="a directive without opens and deters")  # fmt: skip
