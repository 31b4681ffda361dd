"""A resolution as the JSON object of the public contract, printed by ``clausula parse`` and served by the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer.model import (
    Action,
    Addressee,
    Ballot,
    Citation,
    Clause,
    Footnote,
    Problem,
    Proceedings,
    Resolution,
    Vote,
    clause_id,
)

Json = dict[str, object]


def resolution_json(resolution: Resolution) -> Json:
    """Return the resolution with its clauses, footnotes and problems; offsets are code points, end exclusive."""
    return {
        "symbol": resolution.symbol,
        "lang": resolution.lang,
        "title": resolution.title,
        "date": resolution.date,
        "body": resolution.body,
        "session": resolution.session,
        "subjects": list(resolution.subjects),
        "goals": list(resolution.goals),
        "proceedings": proceedings_json(resolution.proceedings),
        "source": resolution.source,
        "clauses": [clause_json(resolution, clause) for clause in resolution.clauses],
        "footnotes": [footnote_json(note) for note in resolution.footnotes],
        "problems": [problem_json(problem) for problem in resolution.problems],
    }


def proceedings_json(proceedings: Proceedings) -> Json:
    """Return how the resolution came about; what the source does not declare is null or empty."""
    return {
        "agenda": [{"number": item.number, "title": item.title} for item in proceedings.agenda],
        "draft": proceedings.draft,
        "sponsors": list(proceedings.sponsors),
        "submitted": proceedings.submitted,
        "note": proceedings.note,
        "report": proceedings.report,
        "meeting": proceedings.meeting,
        "mode": proceedings.mode.value if proceedings.mode else None,
        "vote": vote_json(proceedings.vote) if proceedings.vote else None,
    }


def vote_json(vote: Vote) -> Json:
    """Return a recorded vote: for each side the count, and the members where they are named."""
    sides: dict[str, Ballot] = {
        "in_favour": vote.in_favour,
        "against": vote.against,
        "abstaining": vote.abstaining,
    }
    return {side: {"count": ballot.count, "members": list(ballot.members)} for side, ballot in sides.items()}


def clause_json(resolution: Resolution, clause: Clause) -> Json:
    """Return one clause; its citations are those of its own text."""
    opening = clause.action
    return {
        "id": clause_id(resolution.symbol, clause.path),
        "type": clause.type.value,
        "number": clause.number,
        "inferred": clause.inferred,
        "text": clause.text,
        "action": opening.id if opening else None,
        "actions": [action_json(action) for action in clause.actions],
        "addressees": [addressee_json(addressee) for action in clause.actions for addressee in action.addressees],
        "footnotes": [mark.number for mark in clause.marks],
        "citations": citations_json(clause.citations),
    }


def footnote_json(note: Footnote) -> Json:
    """Return one footnote with the path of its clause."""
    return {
        "number": note.number,
        "clause": note.clause,
        "text": note.text,
        "citations": citations_json(note.citations),
    }


def action_json(action: Action) -> Json:
    """Return one action; ``alternatives`` are what the same formula also renders."""
    return {
        "id": action.id,
        "surface": action.surface,
        "start": action.start,
        "end": action.end,
        "alternatives": list(action.alternatives),
        "modifiers": list(action.modifiers),
        "compound": action.compound,
        "inner": action.inner,
    }


def addressee_json(addressee: Addressee) -> Json:
    """Return one addressee; ``id`` is null for a body that no table lists."""
    return {
        "id": addressee.id,
        "surface": addressee.surface,
        "start": addressee.start,
        "end": addressee.end,
    }


def citations_json(citations: Iterable[Citation]) -> list[Json]:
    """Return one object for every target: words that name several (51/211 A–E) stand once for each."""
    return [
        citation_json(one)
        for citation in citations
        for one in (citation, *(replace(citation, id=target) for target in citation.also))
    ]


def citation_json(citation: Citation) -> Json:
    """Return one citation by its first target; what is unknown or empty beyond the fixed names is left out.

    ``targets`` are the clauses that its pins name, as clause ids.
    """
    fixed: Json = {
        "surface": citation.surface,
        "start": citation.start,
        "end": citation.end,
        "kind": citation.kind.value,
        "id": citation.id,
        "status": citation.status.value,
    }
    further: Json = {
        "pin": list(citation.pin),
        "targets": [f"{citation.id}#{place}" for place in citation.places] if citation.id else [],
        "action": citation.action,
        "date": citation.date,
        "via_footnote": citation.via_footnote,
        "negated": citation.negated,
        "short": citation.short,
        "candidates": list(citation.candidates),
    }
    return fixed | {name: value for name, value in further.items() if value}


def problem_json(problem: Problem) -> Json:
    """Return one problem."""
    return {"code": problem.code, "message": problem.message, "where": problem.where}
