"""A resolution as the JSON object of the public contract, printed by ``clausula parse`` and served by the API."""

from __future__ import annotations

from indexer.model import Action, Addressee, Citation, Clause, Footnote, Problem, Resolution, clause_id

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
        "source": resolution.source,
        "clauses": [clause_json(resolution, clause) for clause in resolution.clauses],
        "footnotes": [footnote_json(note) for note in resolution.footnotes],
        "problems": [problem_json(problem) for problem in resolution.problems],
    }


def clause_json(resolution: Resolution, clause: Clause) -> Json:
    """Return one clause; its citations are those of its own text."""
    opening = clause.action
    return {
        "id": clause_id(resolution.symbol, clause.path),
        "type": clause.type.value,
        "number": clause.number,
        "text": clause.text,
        "action": opening.id if opening else None,
        "actions": [action_json(action) for action in clause.actions],
        "addressees": [addressee_json(addressee) for action in clause.actions for addressee in action.addressees],
        "footnotes": [mark.number for mark in clause.marks],
        "citations": [citation_json(citation) for citation in clause.citations],
    }


def footnote_json(note: Footnote) -> Json:
    """Return one footnote with the path of its clause."""
    return {
        "number": note.number,
        "clause": note.clause,
        "text": note.text,
        "citations": [citation_json(citation) for citation in note.citations],
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


def citation_json(citation: Citation) -> Json:
    """Return one citation; what is unknown or empty beyond the fixed names is left out."""
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
        "date": citation.date,
        "via_footnote": citation.via_footnote,
        "negated": citation.negated,
        "candidates": list(citation.candidates),
    }
    return fixed | {name: value for name, value in further.items() if value}


def problem_json(problem: Problem) -> Json:
    """Return one problem."""
    return {"code": problem.code, "message": problem.message, "where": problem.where}
