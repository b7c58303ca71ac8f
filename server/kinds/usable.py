"""Whether people could use a kind as it is declared: each thing that is missing or wrong in one line."""

import re
from collections.abc import Iterator, Mapping, Sequence

from marshmallow import fields

from server.catalogue import LANGUAGES, catalogue, codes_of
from server.kinds.base import Items, Kind
from server.kinds.described import described, rules_of
from server.kinds.due import Deadline, FallsDue, Upcoming
from server.kinds.homes import ORGANISATION
from server.kinds.rules import ALWAYS, Fill, Offer, Rule
from server.rules.conditions import CONDITION_WORDS
from server.rules.json import Json

#: what one screen shows before it is unfolded
SEEN_AT_ONCE_MAX = 7
#: the lists that no entry of the catalogue is named for: their codes stand under phases and areas
GATHERED_LISTS = frozenset(["checklist_item", "rating_item", "rating_value"])
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Words = Mapping[str, Mapping[str, str]]


class KindUnfit(Exception):
    """A declaration that people could not use: which, and why."""


def faults_of(kind: type[Kind], words: Words, kinds: Mapping[str, type[Kind]]) -> Iterator[str]:
    """What is missing or wrong, a line each."""
    for wanted in ("icon", "home_file", "readers"):
        if not getattr(kind, wanted):
            yield f"no {wanted}"
    yield from _faults_of_words(kind, words)
    yield from _faults_of_names(kind)
    yield from _faults_of_columns(kind, words)
    yield from _faults_of_lists(kind, kinds)
    if kind.home_file != ORGANISATION:
        yield from _faults_of_addresses(kind, words, kinds)
    if kind.life_area and kind.life_area not in codes_of("guidance_area"):
        yield f"an unknown area: {kind.life_area}"
    if not kind.made_by_hand:
        yield from _faults_of_layout(kind)


def _faults_of_words(kind: type[Kind], words: Words) -> Iterator[str]:
    names = [name for name in kind.declared() if name != "removed"]
    rules = [f"!{name}" for name in (*(rule.name for rule in rules_of(kind)), *(one.name for one in kind.offers))]
    folds = [f"@{group.folded}" for group in kind.layout if group.folded]
    drawn = (
        []
        if kind.made_by_hand
        else [
            *("@many", "@new", "@empty", "@hint"),
            *(f"~{due.cause}" for due in kind.falls_due),
            *(part for part, _about in _parts_of(kind)),
        ]
    )
    for key in (
        "@name",
        "@row",
        *drawn,
        *names,
        *rules,
        *(one.name for one in kind.counts),
        *folds,
        *_choices(kind),
        *_words_of_sentences(kind),
    ):
        if key not in words:
            yield f"no words for `{key}`"
    for key, said in words.items():
        if sorted(said) != sorted(LANGUAGES):
            yield f"`{key}` is not said in {', '.join(LANGUAGES)}"
    for language in LANGUAGES:
        for key in ("@row", "@title"):
            named = set(PLACEHOLDER.findall(words.get(key, {}).get(language, "")))
            unknown = named - set(names) - {one.name for one in kind.counts}
            if unknown:
                yield f"`{key}` in {language} names an unknown field: {', '.join(sorted(unknown))}"


def _faults_of_columns(kind: type[Kind], words: Words) -> Iterator[str]:
    """A list across clients has the columns and nothing else: for a sentence, and for what falls due."""
    due = () if kind.made_by_hand or kind.home_file != "case" else kind.falls_due
    for path in sorted({path for one in due for path in _paths_of_due(one)} - set(kind.columns)):
        yield f"falls due by what is not among the columns: {path}"
    for key in ("@row", "@title") if kind.columns else ():
        for language, said in words.get(key, {}).items():
            counted = {one.name: {one.first, one.last} for one in kind.counts}
            named = [counted.get(name, {name}) for name in PLACEHOLDER.findall(said)]
            missing = set[str]().union(*named) - set(kind.columns)
            if missing:
                yield f"`{key}` in {language} names what is not among the columns: {', '.join(sorted(missing))}"


def _faults_of_addresses(kind: type[Kind], words: Words, kinds: Mapping[str, type[Kind]]) -> Iterator[str]:
    """Where a client lives stands in no row, title or list, whoever the client is (G12)."""
    told = set(kind.columns)
    for key in ("@row", "@title"):
        told |= {name for said in words.get(key, {}).values() for name in PLACEHOLDER.findall(said)}
    for name, field in kind.declared().items():
        if field.metadata.get("address") and name in told:
            yield f"a list would tell an address: {name}"
        target = kinds.get(field.metadata.get("kind", ""))
        if target and not field.metadata.get("address") and _is_called_by_address(target):
            yield f"{name} refers to what is called by its address, and does not say so"


def _is_called_by_address(kind: type[Kind]) -> bool:
    return kind.home_file == ORGANISATION and any(field.metadata.get("address") for field in kind.declared().values())


def _choices(kind: type[Kind]) -> Iterator[str]:
    for name, field in [*described(kind)["fields"].items(), *_parts_of(kind)]:
        for code in (field.get("of") or field).get("choices", ()):
            yield f"{name}={code}"


def _parts_of(kind: type[Kind]) -> Iterator[tuple[str, dict[str, object]]]:
    """The parts of values and of items, as `field.part`."""
    for name, field in described(kind)["fields"].items():
        for part, about in (field.get("of") or field).get("parts", {}).items():
            yield f"{name}.{part}", about


def _words_of_sentences(kind: type[Kind]) -> Iterator[str]:
    for field in described(kind)["fields"].values():
        yield from (word for word in (field.get("of") or field).get("sentence", ()) if word.startswith("@"))


def _faults_of_names(kind: type[Kind]) -> Iterator[str]:
    """Fields that are named and not there."""
    named = [(f"rule {rule.name}", path) for rule in rules_of(kind) for path in _paths_of_rule(rule)]
    named += [("the layout", name) for group in kind.layout for name in (*group.fields, *paths_in(group.when))]
    named += [("what falls due", path) for due in kind.falls_due for path in paths_in(due.unless)]
    named += [("the columns", name) for name in (*kind.columns, *paths_in(kind.is_open))]
    named += [("what the form fills", path) for fill in kind.fills for path in _paths_of_fill(fill)]
    named += [(f"the count {one.name}", path) for one in kind.counts for path in (one.first, one.last)]
    named += [(f"the offer {offer.name}", path) for offer in kind.offers for path in _paths_of_offer(offer)]
    named += [("what it carries", path) for one in kind.carries for path in paths_in(one.when)]
    named += [("happened", path) for path in kind.happened]
    named += [("the stages", kind.stages.field)] if kind.stages else []
    for where, path in named:
        if not _is_path(kind, path):
            yield f"{where} names an unknown field: {path}"
    for rule in rules_of(kind):
        for path in maps_in(rule.holds) | maps_in(rule.when):
            if not isinstance(kind.declared().get(path), Items):
                yield f"rule {rule.name} names an unknown map: {path}"


def _paths_of_due(due: FallsDue) -> Iterator[str]:
    asked = paths_in(due.unless) | ({due.of} if isinstance(due, Upcoming | Deadline) else set())
    yield from (path.partition(".")[0] for path in asked)


def _paths_of_fill(fill: Fill) -> list[str]:
    return [fill.field, *([fill.value["of"]] if "of" in fill.value else [])]


def _paths_of_offer(offer: Offer) -> list[str]:
    given = [value["asking"] for value in offer.gives.values() if isinstance(value, Mapping) and "asking" in value]
    return [*given, *paths_in(offer.when), *([offer.link] if offer.link else [])]


def _paths_of_rule(rule: Rule) -> Iterator[str]:
    yield from (paths_in(rule.holds) | paths_in(rule.when)) | ({rule.at} if rule.at else set())


def paths_in(condition: Json) -> set[str]:
    """The paths of the record itself that a condition asks for. `KindUnfit` for a word that there is not."""
    match condition:
        case ["all" | "any" | "not", *conditions]:
            return set[str]().union(*map(paths_in, conditions))
        case ["phase" | "other", *_]:
            return set()
        case ["before" | "after", *moments]:
            named = [one.get("of") if isinstance(one, Mapping) else one for one in moments]
            return {one for one in named if isinstance(one, str) and not one.startswith("^")}
        case [str(known), str(path), *_] if known in CONDITION_WORDS:
            return {path}
    word = condition[0] if isinstance(condition, Sequence) and condition else condition
    raise KindUnfit(f"a condition with an unknown word: {word}")


def maps_in(condition: Json) -> set[str]:
    """The maps whose items a condition asks for."""
    match condition:
        case ["all" | "any" | "not", *conditions]:
            return set[str]().union(*map(maps_in, conditions))
        case ["any_item", str(path), _]:
            return {path}
    return set()


def _is_path(kind: type[Kind], path: str) -> bool:
    place, _, part = path.partition(".")
    name, _, item = place.partition("/")
    described_field = kind().fields.get(name)
    if item:
        described_field = described_field.value_field if isinstance(described_field, Items) else None
    if described_field is None or not part:
        return described_field is not None
    return isinstance(described_field, fields.Nested) and part in described_field.schema.fields


def _faults_of_lists(kind: type[Kind], kinds: Mapping[str, type[Kind]]) -> Iterator[str]:
    for name, field in described(kind)["fields"].items():
        for one in (field, field.get("key", {}), field.get("of", {}), *field.get("parts", {}).values()):
            if one.get("catalogue") and one["catalogue"] not in catalogue()["catalogues"].keys() | GATHERED_LISTS:
                yield f"{name} is of an unknown catalogue: {one['catalogue']}"
            if one.get("kind") and one["kind"] not in kinds:
                yield f"{name} refers to an unknown kind: {one['kind']}"
    for offer in kind.offers:
        target = kinds.get(offer.kind)
        if target is None or target.made_by_hand:
            yield f"the offer {offer.name} is of a kind whose form is not drawn: {offer.kind}"
        elif unknown := sorted(offer.gives.keys() - target.declared().keys()):
            yield f"the offer {offer.name} gives what {offer.kind} has not: {', '.join(unknown)}"
    for stage in kind.stages.stages if kind.stages else ():
        codes = described(kind)["fields"].get(kind.stages.field, {}).get("catalogue") if kind.stages else None
        known = [entry["code"] for entry in catalogue()["catalogues"].get(codes, [])]
        for code in (stage.code, *stage.then):
            if code not in known:
                yield f"an unknown stage: {code}"


def _faults_of_layout(kind: type[Kind]) -> Iterator[str]:
    shown = [name for group in kind.layout for name in group.fields]
    asked = {re.split("[./]", rule.at)[0] for rule in rules_of(kind) if rule.strength == "asks" and rule.at}
    for name in sorted(asked - set(shown)):
        yield f"the layout leaves out {name}, which a rule asks for"
    twice = sorted({name for name in shown if shown.count(name) > 1})
    if twice:
        yield f"the layout shows twice: {', '.join(twice)}"
    at_once = [name for group in kind.layout if not group.folded and group.when == ALWAYS for name in group.fields]
    drawable = described(kind)["fields"]
    for name in shown:
        if drawable.get(name, {}).get("key", {}).get("field"):
            yield f"the layout shows {name}, keyed by another map's items: that needs a part made by hand"
    if not shown:
        yield "no layout"
    if len(at_once) > SEEN_AT_ONCE_MAX:
        yield f"{len(at_once)} fields are seen at once, {SEEN_AT_ONCE_MAX} at most: fold some"
