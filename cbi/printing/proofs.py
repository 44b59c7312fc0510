"""What ``python -m cbi check`` prints: every definition proved, translations and trust counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cbi.definitions import EDITIONS, DefinitionError, TrustWord, crosswalk
from cbi.definitions.reader import read_edition, untranslated, untranslated_crosswalk
from cbi.definitions.shipped import INDICATORS
from cbi.i18n import LANGUAGES, listed, say, translate, translate_number
from cbi.labels import TRUST
from cbi.proof import failing_examples
from cbi.terminal import bold

OTHER_LANGUAGES = tuple(language for language in LANGUAGES if language != "en")

Proved = Iterator[tuple[str, bool]]
"""Lines of the report, each with whether what it speaks of holds."""


def check_report(language: str) -> tuple[str, bool]:
    """Prove all definitions; returns the report for people and whether everything holds."""
    lines: list[str] = []
    faults = 0
    for proof in (*(_edition_proof(name, language) for name in EDITIONS), _crosswalk_proof(language)):
        try:
            for line, holds in proof:
                lines.append(line)
                faults += not holds
        except DefinitionError as error:
            lines += [fault.text(language) for fault in error.faults]
            faults += len(error.faults)
        lines.append("")
    verdict = translate("All definitions hold.", language)
    if faults:
        verdict = translate_number("{count} fault.", "{count} faults.", faults, language).format(count=faults)
    return "\n".join([*lines, bold(verdict)]), not faults


def _edition_proof(name: str, language: str) -> Proved:
    asked = read_edition(INDICATORS / name)
    maxima = "/".join([*(str(one.maximum) for one in asked.components), str(asked.maximum)])
    head = say(
        "{edition} edition: {count} indicators, maxima {maxima}",
        edition=asked.id,
        count=len(asked.indicators),
        maxima=maxima,
    )
    yield bold(head.text(language)), True
    counted = Counter(indicator.weakest_trust for indicator in asked.indicators)
    words = listed(say("{word} {count}", word=TRUST[word], count=counted[word]) for word in TrustWord)
    yield "  " + say("trust: {words}", words=words).text(language), True
    wrong = failing_examples(asked)
    examples = sum(len(indicator.examples) for indicator in asked.indicators)
    proved = say("examples: {count}, of which {wrong} do not come out", count=examples, wrong=len(wrong))
    yield "  " + proved.text(language), True
    for fault in wrong:
        yield fault.text(language), False
    yield f"  {asked.hash}", True
    for other in OTHER_LANGUAGES:
        yield from _translation_proof(other, untranslated(INDICATORS / name, other), language)


def _crosswalk_proof(language: str) -> Proved:
    walk = crosswalk()
    head = say(
        "Crosswalk {older} → {newer}: {pairs} indicators in both, {only} in one only",
        older=walk.older,
        newer=walk.newer,
        pairs=len(walk.pairs),
        only=len(walk.only),
    )
    yield bold(head.text(language)), True
    for other in OTHER_LANGUAGES:
        yield from _translation_proof(other, untranslated_crosswalk(other), language)


def _translation_proof(other: str, found: tuple[list[str], list[str]], language: str) -> Proved:
    lacking, surplus = found
    if not lacking and not surplus:
        yield "  " + say("translation {language}: complete", language=other).text(language), True
    for path in lacking:
        yield "  " + say("translation {language} lacks: {path}", language=other, path=path).text(language), False
    for path in surplus:
        line = say("translation {language} has for nothing: {path}", language=other, path=path)
        yield "  " + line.text(language), False
