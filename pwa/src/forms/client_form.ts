/** The form of a client: who they are, how to reach them, what keeps both safe, and what was agreed. Also opens a case file. */

import { phaseHistory, phaseOn, serviceOf } from '../domain/phase_history.ts';
import { asParts, listOf, shownValue, splitPath, textOf } from '../domain/records.ts';
import { isDay } from '../rules/dates.ts';
import { own } from '../rules/own.ts';
import type { Day } from '../rules/time.ts';
import { dialled } from '../rules/phones.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import {
  faultsIn,
  isInLayout,
  kindFormOf,
  moreValues,
  withTakenField,
  type KindInput,
} from './kind_form.ts';
import { HOURS_PER_MONTH_MAX, LINE_CHARS_MAX, type SupportPhase } from '../rules/constants.ts';
import { isTooLong } from './numbers.ts';
import { editOf, baselineOf, type FormBaseline } from './baseline.ts';

/** Fields that are one line of text, a code, a day or a reference; empty: nothing. */
const LINES = [
  'family_name',
  'given_names',
  'age_override',
  'phone',
  'address',
  'door_code',
  'municipality',
  'area',
  'language',
  'safety_note',
  'safety_until',
  'non_disclosure_until',
  'service_type',
  'own_worker',
  'social_worker',
  'social_worker_phone',
] as const;

type ClientLine = (typeof LINES)[number];

export interface ClientInput {
  record: string;
  case: string;
  lines: Record<ClientLine, string>;
  /** as typed */
  birthYear: string;
  safety: string[];
  household: { kind: string; adults: string; children: string; childrenLive: string };
  interpreter: { needed: boolean; language: string };
  /** days, or nothing */
  service: { start: string; end: string };
  rhythmDays: string;
  /** whoever takes in a referral says so with the save (H4) */
  home: 'case' | null;
  /** the first phase of a new case file; asked for when it is opened, and no reason with it */
  phase: { id: string; code: SupportPhase | ''; hours: string } | null;
  /** what the declaration asks besides; drafts of an older release have none */
  more?: KindInput;
}

export interface ClientForm {
  input: ClientInput;
  opened: FormBaseline;
  begun?: ClientInput | undefined;
}

/** What a new case file begins with: its ids, and whose client it is going to be. */
interface NewClient {
  case: string;
  phase: string;
  worker: string;
}

export function newClientForm(of: NewClient): ClientForm {
  const { input, opened } = clientFormOf(null, of.case, of.case);
  input.lines.own_worker = of.worker;
  input.lines.language = 'fi';
  input.phase = { id: of.phase, code: '', hours: '' };
  return { input, opened };
}

/** The form in which a referral becomes a client: what was entered with it, and what a new client is asked (H4). */
export function takenInFormOf(client: RecordView, of: NewClient): ClientForm {
  const { input, opened } = clientFormOf(client, client.id, of.case);
  input.home = 'case';
  input.phase = { id: of.phase, code: '', hours: '' };
  input.lines.own_worker ||= of.worker;
  return { input, opened };
}

export function clientFormOf(
  client: RecordView | null,
  record: string,
  caseId: string,
): ClientForm {
  const lines = Object.fromEntries(LINES.map((name) => [name, textOf(client, name)]));
  const household = asParts(shownValue(client, 'household'));
  const interpreter = asParts(shownValue(client, 'interpreter'));
  const { start, end } = serviceOf(client);
  const input: ClientInput = {
    record,
    case: caseId,
    lines: { ...(lines as Record<ClientLine, string>), ...namesOf(client) },
    birthYear: numeral(shownValue(client, 'birth_year')),
    safety: listOf(client, 'safety'),
    household: {
      kind: lineIn(household, 'household_kind'),
      adults: numeral(household['adults'] ?? null),
      children: numeral(household['children'] ?? null),
      childrenLive: lineIn(household, 'children_live'),
    },
    interpreter: {
      needed: interpreter['needed'] === true,
      language: lineIn(interpreter, 'language'),
    },
    service: { start: start ?? '', end: end ?? '' },
    rhythmDays: numeral(shownValue(client, 'visit_rhythm_days')),
    home: null,
    phase: null,
    more: kindFormOf('case', client, record, caseId).input,
  };
  return { input, opened: baselineOf([client]) };
}

/** The two names; of a client who was entered with one line, its last word is the family name. */
function namesOf(client: RecordView | null): { family_name: string; given_names: string } {
  const own = {
    family_name: textOf(client, 'family_name'),
    given_names: textOf(client, 'given_names'),
  };
  if (own.family_name !== '' || own.given_names !== '') return own;
  const words = textOf(client, 'client_name').trim().split(/\s+/);
  return { family_name: words.at(-1) ?? '', given_names: words.slice(0, -1).join(' ') };
}

function lineIn(parts: Record<string, Json>, name: string): string {
  const value = own(parts, name);
  return typeof value === 'string' ? value : '';
}

function numeral(value: Json): string {
  return typeof value === 'number' ? String(value) : '';
}

export type ClientError =
  | 'name'
  | 'birthYear'
  | 'phone'
  | 'ageOverride'
  | 'household'
  | 'service'
  | 'socialPhone'
  | 'rhythm'
  | 'hours'
  | 'days'
  | 'long'
  | 'more'
  | 'interpreter';

const FIRST_YEAR = 1900;
const ADULT_YEARS = 18;
const PEOPLE_MAX = 30;
const RHYTHM_DAYS_MAX = 365;
const PHONE_CHARS_MAX = 32;

/** `before`: what stood there when the form was opened, which nobody is asked to fix who only changes something else. */
export function clientErrors(
  input: ClientInput,
  today: Day,
  before: Record<string, Json> = {},
): ClientError[] {
  const errors: ClientError[] = [];
  const { lines, household, service, phase } = input;
  if (fullNameOf(input) === '') errors.push('name');
  if (!isWhole(input.birthYear, FIRST_YEAR, Number(today.slice(0, 4)))) errors.push('birthYear');
  if (isOddPhone(lines.phone, before['phone'])) errors.push('phone');
  if (isMinor(input, today) && lines.age_override.trim() === '') errors.push('ageOverride');
  const counts = [household.adults, household.children];
  if (!counts.every((count) => isWhole(count, 0, PEOPLE_MAX))) errors.push('household');
  if (service.start !== '' && service.end !== '' && service.end < service.start)
    errors.push('service');
  if (isOddPhone(lines.social_worker_phone, before['social_worker_phone']))
    errors.push('socialPhone');
  if (!isWhole(input.rhythmDays, 1, RHYTHM_DAYS_MAX)) errors.push('rhythm');
  if (!isWhole(phase?.hours ?? '', 0, HOURS_PER_MONTH_MAX)) errors.push('hours');
  const known = JSON.stringify(before);
  if (!daysIn(input).every((day) => isDay(day) || known.includes(day))) errors.push('days');
  if (longLine(input) !== null) errors.push('long');
  if (input.more && faultsIn(input.more).size > 0) errors.push('more');
  if (isTooLong(input.interpreter.language.trim(), LINE_CHARS_MAX)) errors.push('interpreter');
  return errors;
}

function daysIn({ lines, service }: ClientInput): Day[] {
  const all = [lines.safety_until, lines.non_disclosure_until, service.start, service.end];
  return all.filter((day) => day !== '');
}

/** The first line that is longer than the server takes, and how long it may be. */
export function longLine({ lines }: ClientInput): { name: ClientLine; max: number } | null {
  const max = (name: ClientLine) => (name.endsWith('phone') ? PHONE_CHARS_MAX : LINE_CHARS_MAX);
  const name = LINES.find((one) => isTooLong(lines[one].trim(), max(one)));
  return name === undefined ? null : { name, max: max(name) };
}

/** [U31] Typed now, and not one number that can be dialled. */
function isOddPhone(typed: string, before: Json | undefined): boolean {
  return typed.trim() !== '' && typed !== before && dialled(typed) === null;
}

/** Nothing typed is fine: what is not known yet stays open. */
function isWhole(typed: string, least: number, most: number): boolean {
  if (typed.trim() === '') return true;
  return /^\d+$/u.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
}

/** Certainly under 18: the year says so whatever the birthday. */
export function isMinor({ birthYear }: ClientInput, today: Day): boolean {
  const age = Number(today.slice(0, 4)) - (wholeOf(birthYear) ?? 0);
  return age >= 0 && age < ADULT_YEARS;
}

export function fullNameOf({ lines }: ClientInput): string {
  return [lines.given_names, lines.family_name]
    .map((name) => name.trim())
    .filter(Boolean)
    .join(' ');
}

function wholeOf(typed: string): number | null {
  return typed.trim() === '' ? null : Number(typed);
}

/** The edit of the client's own record; of a new client it opens the case file. `null` where nothing was changed. */
export function clientEdit({ input, opened, begun }: ClientForm, today: Day): Edit | null {
  const { record, case: caseId } = input;
  const isStored = Object.hasOwn(opened.values, record);
  const spelled = begun && isStored ? clientValues(plain(begun, opened), opened, today) : {};
  const target = { record, kind: 'case', case: caseId };
  const more = moreValues(input.more, opened);
  const wanted = { ...more.wanted, ...clientValues(input, opened, today) };
  return editOf(opened, target, wanted, { ...more.spelled, ...spelled });
}

/** Without what a form that takes a client in offers: that is saved although nobody touches it. */
function plain(begun: ClientInput, opened: FormBaseline): ClientInput {
  if (begun.home === null) return begun;
  const worker = own(opened.values, begun.record)?.['own_worker'];
  const own_worker = typeof worker === 'string' ? worker : '';
  return { ...begun, home: null, phase: null, lines: { ...begun.lines, own_worker } };
}

function clientValues(input: ClientInput, opened: FormBaseline, today: Day): Record<string, Json> {
  const { record, lines, phase } = input;
  const before = own(opened.values, record) ?? {};
  const { household, interpreter, service } = input;
  const set: Record<string, Json> = {
    birth_year: wholeOf(input.birthYear),
    safety: input.safety,
    household: withParts(before['household'], {
      household_kind: household.kind || null,
      adults: wholeOf(household.adults),
      children: wholeOf(household.children),
      children_live: household.childrenLive || null,
    }),
    interpreter: withParts(before['interpreter'], {
      needed: interpreter.needed || null,
      language: (interpreter.needed && interpreter.language.trim()) || null,
    }),
    service: withParts(before['service'], {
      start: service.start || null,
      end: service.end || null,
    }),
    visit_rhythm_days: wholeOf(input.rhythmDays),
  };
  for (const name of LINES) set[name] = lines[name].trim();
  if (fullNameOf(input) === before['client_name']) {
    delete set['family_name'];
    delete set['given_names'];
  } else {
    set['client_name'] = fullNameOf(input);
  }
  if (input.home !== null) set['home'] = input.home;
  if (phase !== null && phase.code !== '')
    set[`phases/${phase.id}`] = periodOf(input, phase, today);
  return set;
}

/** A value of several parts with these as typed; parts that the form does not know stay. Nothing in any: no value. */
function withParts(before: Json | undefined, typed: Record<string, Json>): Json {
  const parts = { ...asParts(before ?? null) };
  for (const [name, part] of Object.entries(typed)) {
    if (part !== null || Object.hasOwn(parts, name)) parts[name] = part;
  }
  return Object.values(parts).some((part) => part !== null) ? parts : null;
}

function periodOf(
  { service }: ClientInput,
  phase: NonNullable<ClientInput['phase']>,
  today: Day,
): Json {
  const hours = wholeOf(phase.hours);
  const since = service.start !== '' && service.start < today ? service.start : today;
  return { phase: phase.code, since, ...(hours === null ? {} : { hours_per_month: hours }) };
}

/** No rhythm is agreed on in the light phase: visits are made as they are needed. */
export function asksRhythm(input: ClientInput, client: RecordView | null, today: Day): boolean {
  const code = input.phase?.code || phaseOn(phaseHistory(client), today)?.phase;
  return code !== 'light';
}

/** The form after its person took the newer value of `path`. */
export function withTakenClientPart(
  input: ClientInput,
  fresh: ClientInput,
  path: string,
): ClientInput {
  const [field] = splitPath(path);
  const line = LINES.find((name) => name === field);
  if (line !== undefined) return { ...input, lines: { ...input.lines, [line]: fresh.lines[line] } };
  switch (field) {
    case 'client_name': {
      const { family_name, given_names } = fresh.lines;
      return { ...input, lines: { ...input.lines, family_name, given_names } };
    }
    case 'birth_year':
      return { ...input, birthYear: fresh.birthYear };
    case 'safety':
      return { ...input, safety: fresh.safety };
    case 'household':
      return { ...input, household: fresh.household };
    case 'interpreter':
      return { ...input, interpreter: fresh.interpreter };
    case 'service':
      return { ...input, service: fresh.service };
    case 'visit_rhythm_days':
      return { ...input, rhythmDays: fresh.rhythmDays };
    default:
      return input.more && fresh.more
        ? { ...input, more: withTakenField(input.more, fresh.more, path) }
        : input;
  }
}

/** The paths that the form shows; the history of phases has a form of its own. */
export function isOnClientForm(path: string): boolean {
  const own = ['client_name', 'birth_year', 'safety', 'household', 'interpreter', 'service'];
  return (
    own.includes(path) ||
    path === 'visit_rhythm_days' ||
    LINES.some((name) => name === path) ||
    isInLayout('case', path)
  );
}
