/**
 * Searching all notes. The texts are in this worker's memory and nowhere else: gathered from the sealed files when somebody
 * searches, a case file anew when it changes, and gone with the lock (F2). They are read from end to end each time: 20,000 notes
 * take milliseconds, which no list of words would better enough to be worth keeping.
 */

import { asTyped, isAsTyped, isIn, spansIn, wantedOf, type Wanted } from '../domain/folding.ts';
import { fold } from '../rules/fold.ts';
import { isOwnClient } from '../domain/agenda.ts';
import { asOne } from '../domain/joined_clients.ts';
import { itemsOf, latestVersion, shownValue, timeOf } from '../domain/records.ts';
import { isRemoved } from '../rules/merge.ts';
import { entryTime } from '../domain/visits.ts';
import { areKnown, kindOf } from '../kinds/declared.ts';
import { sentencesIn } from '../kinds/fields.ts';
import type { CaseSummary, Found, FoundCase, Hit, Question, RecordView } from '../model/engine.ts';
import { Gathering, GATHER_MS } from './gathering.ts';
import type { Store } from './store.ts';

const CASES_MAX = 20;
const HITS_MAX = 3;
const HITS_OF_ONE_MAX = 100;
const BEFORE_CHARS = 50;
const AFTER_CHARS = 150;

/** What one record says. */
interface Said {
  record: string;
  kind: string;
  at: number;
  text: string;
  folded: string;
}

/** `isExact`: somewhere it stands as it was typed */
type FoundInCase = FoundCase & { isExact: boolean };

export class Search {
  readonly #store: Store;
  /** newest first */
  readonly #said: Gathering<Said[]>;

  constructor(store: Store) {
    this.#store = store;
    this.#said = new Gathering(store, saidIn);
  }

  forget(cases: string[]): void {
    this.#said.forget(cases);
  }

  /** What has been found so far; `looked` < `all`: ask again. */
  async find(question: Question): Promise<Found> {
    const cases = this.#casesOf(question);
    await this.#gather(cases);
    const wanted = wantedOf(question.words);
    const found: FoundInCase[] = [];
    let looked = 0;
    for (const client of cases) {
      const said = this.#saidOf(client);
      if (!said) continue;
      looked += 1;
      const one = inCase(client, said, wanted, question);
      if (one) found.push(one);
    }
    found.sort(
      (a, b) =>
        Number(b.isExact) - Number(a.isExact) || (b.hits[0]?.at ?? 0) - (a.hits[0]?.at ?? 0),
    );
    const count = found.reduce((total, one) => total + one.count, 0);
    return {
      cases: found.slice(0, CASES_MAX).map(({ case: id, also, count, hits }) => ({
        case: id,
        ...(also && { also }),
        count,
        hits,
      })),
      count,
      clients: found.length,
      looked,
      all: cases.length,
    };
  }

  #casesOf({ mine, case: only }: Question): CaseSummary[] {
    const { user } = this.#store.session;
    const all = [...this.#store.index.values()].flatMap(({ summary }) => summary ?? []);
    return asOne(all).filter((one) =>
      only ? filesOf(one).includes(only) : !mine || isOwnClient(one, user),
    );
  }

  /** Of all the client's files (H7); null while one has not been read. */
  #saidOf(client: CaseSummary): Said[] | null {
    const files = filesOf(client).map((file) => this.#said.of(file));
    const read = files.filter((said) => said !== undefined);
    if (read.length < files.length) return null;
    return read.length === 1 ? (read[0] ?? null) : read.flat().sort((a, b) => b.at - a.at);
  }

  async #gather(cases: CaseSummary[]): Promise<void> {
    // Nobody knows yet where people write sentences: the question comes again.
    if (!areKnown()) await new Promise((done) => setTimeout(done, GATHER_MS));
    if (!areKnown()) return;
    await this.#said.gather(cases.flatMap(filesOf));
  }
}

function filesOf({ case: kept, also = [] }: CaseSummary): string[] {
  return [kept, ...also];
}

/** What people wrote in these records, newest first; what was removed is not found. */
function saidIn(views: RecordView[]): Said[] {
  return views
    .filter((view) => !isRemoved(view))
    .map((view) => {
      const text = textOf(view);
      return { record: view.id, kind: view.kind, at: timeOfEntry(view), text, folded: fold(text) };
    })
    .filter(({ text }) => text !== '')
    .sort((a, b) => b.at - a.at);
}

function timeOfEntry(view: RecordView): number {
  const latest = latestVersion(view);
  return Date.parse(entryTime(view)) || (latest ? timeOf(latest) : 0);
}

/** What its kind declares as sentences. */
function textOf(view: RecordView): string {
  return Object.entries(kindOf(view.kind)?.fields ?? {})
    .flatMap(([name, field]) =>
      field.of
        ? [...itemsOf(view, name).values()].flatMap((item) => sentencesIn(field.of, item))
        : sentencesIn(field, shownValue(view, name)),
    )
    .map((text) => text.normalize('NFC'))
    .join('\n');
}

/** A client's name counts as said in every entry: "Matti vuokra" finds what was written of Matti's rent. */
function inCase(
  client: CaseSummary,
  said: Said[],
  wanted: Wanted[],
  { kind, case: only }: Question,
): FoundInCase | null {
  const name = fold(`${client.name} ${client.clientId}`);
  const rest = wanted.filter((one) => !isIn(one, name));
  if (rest.length === 0) return null;
  const all = said.filter(
    (one) => (kind === null || one.kind === kind) && rest.every((word) => isIn(word, one.folded)),
  );
  if (all.length === 0) return null;
  const isExact = ({ text }: Said) => {
    const typed = asTyped(text);
    return rest.every((word) => isAsTyped(word, typed));
  };
  const [exact, folded] = parted(all, isExact);
  const hits = [...exact, ...folded].slice(0, only ? HITS_OF_ONE_MAX : HITS_MAX);
  return {
    case: client.case,
    ...(client.also && { also: client.also }),
    count: all.length,
    hits: hits.map((one) => hitOf(one, rest)),
    isExact: exact.length > 0,
  };
}

function parted<T>(all: T[], belongs: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (belongs(one) ? yes : no).push(one);
  return [yes, no];
}

/** The neighbourhood of the first word found, with every word found in it marked. */
function hitOf({ record, kind, at, text }: Said, wanted: Wanted[]): Hit {
  const spans = wanted.flatMap((one) => spansIn(one, text)).sort((a, b) => a[0] - b[0]);
  const [first = [0, 0] as [number, number]] = spans;
  const from = wordStart(text, first[0] - BEFORE_CHARS);
  const to = wordEnd(text, first[0] + AFTER_CHARS);
  const pieces: Hit['pieces'] = [];
  let place = from;
  const add = (until: number, marked: boolean) => {
    if (until > place) pieces.push({ text: text.slice(place, until), marked });
    place = Math.max(place, until);
  };
  if (from > 0) pieces.push({ text: '… ', marked: false });
  for (const [start, end] of spans) {
    if (start >= to) break;
    add(start, false);
    add(Math.min(end, to), true);
  }
  add(to, false);
  if (to < text.length) pieces.push({ text: ' …', marked: false });
  return { record, kind, at, pieces };
}

function wordStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf(' ', at) + 1;
}

function wordEnd(text: string, at: number): number {
  const end = text.indexOf(' ', at);
  return at >= text.length || end < 0 ? text.length : end;
}
