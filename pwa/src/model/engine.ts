/**
 * What a screen may ask of the device's store. The engine runs in a worker: it holds the data key, the sealed store and the
 * exchange; screens hold nothing but what they show. Every call is asynchronous and none of them waits for the network,
 * except `signIn`, `changePassword`, `ask`, `reviewQueue`, `decideReview`, `history` from the server and `syncNow`, which say so by
 * name.
 */

import type { Contract } from '../rules/contracted_hours.ts';
import type { Json } from '../rules/json.ts';
import type { Version } from '../rules/merge.ts';
import type { Bytes, Passkey } from './keys.ts';
import type { DecisionStatus, Role, SupportPhase, VisitOutcome } from '../rules/constants.ts';

export type { Bytes, Json, Passkey };

/** A record as shown: the server's copy with this device's own unconfirmed changes on top (M9). */
export interface RecordView {
  id: string;
  kind: string;
  case: string;
  /** by path; the held versions in the order of M3, the first is shown */
  fields: Record<string, Version[]>;
  /** the ids of own changes that the server has not confirmed */
  pending: string[];
}

/** What a form hands in. `seen` was frozen when the form was opened (M10, R9). */
export interface Edit {
  record: string;
  kind: string;
  case: string;
  set: Record<string, Json>;
  seen: Record<string, string[]>;
}

export interface VisitSummary {
  record: string;
  case: string;
  start: string;
  end: string;
  visitKind: string | null;
  place: string | null;
  worker: string | null;
  partner: string | null;
  /** the outcome's code once logged */
  outcome: VisitOutcome | null;
  pending: boolean;
}

/** An open record as lists across clients show it: the columns that its kind declares (G5). */
export interface ListedRecord {
  record: string;
  kind: string;
  values: Record<string, Json>;
  /** it does not say yet what its kind asks for (G9) */
  lacks?: boolean;
}

/** What the small sealed index keeps of each case file: enough for Tänään and Asiakkaat. */
export interface CaseSummary {
  case: string;
  clientId: string;
  name: string;
  /** missing in an index that is older than this */
  birthYear?: number | null;
  address: string | null;
  phone: string | null;
  /** that, and whatever differs from it; missing in an index that is older than this */
  phones?: string[];
  status: DecisionStatus | null;
  phase: SupportPhase | null;
  /** what the hours agreed follow from (Z21); missing in an index that is older than this */
  contract?: Contract | null;
  /** by month `YYYY-MM` (Europe/Helsinki): minutes that count towards the contract; this month and the last */
  countedMinutes: Record<string, number>;
  /** a referral, not a client yet; missing in an index that is older than this */
  isIntake?: boolean;
  ownWorker: string | null;
  team: string | null;
  safety: string[];
  safetyNote: string | null;
  lastContact: string | null;
  /** all that are not logged, and those logged from 14 days back, by start (F4) */
  visits: VisitSummary[];
  /** missing in an index of before that was so */
  listsAllOpen?: true;
  openGoals: number;
  /** paths with differing entries (record ids) */
  differing: string[];
  records: number;
  /** the file that its header names as the one that is kept of this client (H7) */
  duplicateOf?: string | null;
  /** of the kept file the duplicates that are shown with it; never of a case file by itself */
  also?: string[];
  /** what their headers say, by which the client is found and recognised too */
  duplicates?: CaseSummary[];
  /** the own workers of those */
  otherWorkers?: string[];
  /** of such a client: one of the files is a referral still, whose answer may be waited for */
  waits?: boolean;
  /** missing in an index that is older than this */
  listed?: ListedRecord[];
  /** the declarations that `listed` was made by */
  listedBy?: string;
}

export interface Person {
  id: string;
  name: string;
  role: Role | null;
  team: string | null;
  phone: string | null;
  /** the number of the team itself; missing in an index that is older than this */
  teamPhone?: string | null;
}

export interface Problem {
  code: string;
  fields?: Record<string, string[]>;
}

export interface OutboxEntry {
  id: string;
  /** the same for all that was saved together: a person sees and counts that as one entry */
  save: string;
  record: string;
  case: string;
  kind: string;
  /** milliseconds since 1970, from the stamp */
  at: number;
  state: 'waiting' | 'sending' | 'sent' | 'in_review' | 'refused';
  /** when this device heard that the server has it (ms) */
  sentAt?: number;
  problem?: Problem;
  set: Record<string, Json>;
}

/** What waits for a supervisor to decide on it (S4, S7). `problem`: with what it was refused; it came too late otherwise. */
export interface ReviewEntry {
  id: string;
  record: string;
  kind: string;
  case: string;
  author: string;
  /** milliseconds since 1970 */
  received: number;
  set: Record<string, Json>;
  problem?: Problem;
}

/** Which of them, and the place of the next page; null on the last. */
export interface ReviewPage {
  entries: ReviewEntry[];
  next: string | null;
}

export interface SyncStatus {
  /** `offline`: the last request got no answer of ours; `failed`: the server answered that it could not */
  phase: 'idle' | 'offline' | 'sending' | 'receiving' | 'failed' | 'sign_in' | 'update';
  /** what our server refused the last exchange with; its sentence stands in the problem catalogue */
  problem?: Problem | null;
  done: number;
  total: number;
  /** things saved (not changes) that wait to be sent, and that need fixing */
  waiting: number;
  fix: number;
  /** milliseconds since 1970 of the last exchange that ended well, and nothing was left */
  lastSentAt: number | null;
  lastFetchedAt: number | null;
  /** this device's clock minus the server's, if more than 5 minutes */
  clockSkewMs: number | null;
  /** the first fetch is complete */
  complete: boolean;
}

/** A form that is open. Sealed as it is typed; it outlives a kill, a lock and an update (R9). */
export interface Draft {
  id: string;
  /** the form and what it is about, e.g. `visit:<record id>` */
  form: string;
  case: string;
  values: Json;
  seen: Record<string, Record<string, string[]>>;
  savedAt: number;
}

/** A photo or document whose bytes wait, or were refused for good. */
export interface Upload {
  record: string;
  case: string;
  bytes: number;
  at: number;
  refused?: true;
  problem?: Problem;
}

export type Attached = { bytes: Bytes } | { failed: Problem | 'no_connection' };

export interface HistoryEntry {
  change: string;
  at: number;
  received: number | null;
  author: string;
  set: Record<string, Json>;
  /** not confirmed by the server yet */
  pending: boolean;
}

/** What is searched for in all that people wrote (F1). */
export interface Question {
  words: string;
  /** one kind of record only */
  kind: string | null;
  /** own clients only */
  mine: boolean;
  /** one case file only, and more of it */
  case?: string;
}

export interface Hit {
  record: string;
  kind: string;
  /** milliseconds since 1970: of the visit or the note, otherwise of the last change */
  at: number;
  /** around the first word found */
  pieces: { text: string; marked: boolean }[];
}

export interface FoundCase {
  case: string;
  /** other files of the same client, in which was looked too (H7) */
  also?: string[];
  /** of which `hits` are the newest */
  count: number;
  hits: Hit[];
}

/** Newest first. Where fewer case files have been looked at than there are, the same question brings more. */
export interface Found {
  cases: FoundCase[];
  count: number;
  clients: number;
  looked: number;
  all: number;
}

/** What a locked device may say of a check-in that is on (K8): no name, no place, no trace of a call for help. */
export interface Watch {
  /** the deadline in milliseconds since 1970, by this device's clock */
  until: number;
  /** when it was answered here, milliseconds since 1970, while the server has not heard of it */
  saidAt: number | null;
  /** whom to call */
  phone: string | null;
  /** that number is the team leader's own; missing in what an older release left */
  isLeaders?: boolean;
  drill: boolean;
}

/** Who has a store on this device. `label` is a pseudonym; no name lies in the open. */
export interface Profile {
  id: string;
  label: string;
  unsent: number;
  /** what to ask the phone's authenticator with, where it may open this store (V9) */
  passkey: Passkey | null;
  /** [V11] whether a PIN opens this store, and whether it needs the server for that */
  pin: 'online' | 'offline' | null;
  watch: Watch | null;
}

export interface Session {
  profile: string;
  user: string;
  organisation: string;
  production: boolean;
}

/** What came of `ask`; `none` is everything that is not from our server. */
export type AskResult = { ok: Json } | { refused: Problem } | { none: true };
export type AskFileResult = { ok: Blob } | Exclude<AskResult, { ok: Json }>;

export type Unlock =
  | { ok: true; session: Session }
  /** `needs_old_password`: the server took this password but it opens no slot here (V8); `locked`: it is not open, or
      there is none yet and no password to seal it with (J21) */
  | {
      ok: false;
      reason:
        | ('wrong' | 'wait' | 'needs_old_password' | 'unreadable' | 'damaged')
        | ('pin_gone' | 'no_connection' | 'locked');
      waitMs?: number;
      /** [V11] wrong PINs that may still be given */
      triesLeft?: number;
      /** the profile that did not open, and how many of its entries were never sent: what `discard` would lose */
      profile?: string;
      unsent?: number;
    };

export type SignIn =
  | { ok: true; session: Session }
  | { ok: false; problem: Problem | 'no_connection' }
  | Exclude<Unlock, { ok: true }>;

export type EngineEvent =
  | { event: 'records'; cases: string[] }
  | { event: 'sync'; state: SyncStatus }
  | { event: 'outbox' }
  | { event: 'locked' }
  /** [V10] the server said so: the store here is unreadable from now on, and locked */
  | { event: 'wiped' }
  /** a newer release in another tab wants the databases: the listener may take a moment to seal what is being typed */
  | { event: 'outdated' }
  | { event: 'session'; session: Session | null };

export interface Engine {
  profiles(): Promise<Profile[]>;
  /** signs in over the network, makes or opens the store of this person, and starts the first exchange. `once`: the
      one-time password for which `password` is chosen (A3); `code`: of the second factor (J9). `ticket`: another provider
      has signed them in (J15); then `password` seals a new store, and one that is here has to be open (`locked`) */
  signIn(
    name: string,
    password: string,
    oldPassword?: string,
    once?: string,
    code?: string,
    ticket?: string,
  ): Promise<SignIn>;
  unlock(profile: string, password: string): Promise<Unlock>;
  /** `answer`: the 32 bytes that the authenticator gave for the profile's passkey; they are handed over and erased (V9) */
  unlockByPasskey(profile: string, answer: Bytes): Promise<Unlock>;
  addPasskey(passkey: Passkey, answer: Bytes): Promise<void>;
  dropPasskey(): Promise<void>;
  unlockByPin(profile: string, pin: string): Promise<Unlock>;
  /** [V11] `pin`: digits, as `domain/pins.ts` lets them. Asks the server, which wants a fresh password (A2). */
  setPin(pin: string): Promise<AskResult>;
  dropPin(): Promise<AskResult>;
  /** drop an unreadable store: only after the screen has said what is lost (V8) */
  discard(profile: string): Promise<void>;
  lock(): Promise<void>;
  /** `unsent` entries block it unless `discardUnsent` */
  signOut(discardUnsent: boolean): Promise<{ ok: boolean; unsent: number }>;
  /** null: it is the password of the store that is open; else a wrong try, and how long to wait before another (V4) */
  checkPassword(password: string): Promise<number | null>;
  /** `onDevice`: the server has none of this person's; it opens the store here and nothing else (J21) */
  changePassword(
    current: string,
    next: string,
    onDevice?: boolean,
  ): Promise<{ ok: true } | { ok: false; problem: Problem | 'no_connection' }>;
  /**
   * asks the server something beside the exchange: reminders, check-ins, devices. Callers use `app/api.ts`, which knows
   * what the answer looks like.
   */
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json): Promise<AskResult>;
  /** a calendar or a report */
  askFile(path: string): Promise<AskFileResult>;

  people(): Promise<Person[]>;
  /** of these case files, or of all */
  summaries(cases?: string[]): Promise<CaseSummary[]>;
  /** opens a case file and logs the reading (L3); `again` reads anew what is on the screen already, and logs nothing */
  openCase(caseId: string, again?: boolean): Promise<RecordView[]>;
  /** logs the reading of a case file that was read ahead and is shown now (L3) */
  logAccess(caseId: string): Promise<void>;
  record(caseId: string, recordId: string): Promise<RecordView | null>;
  /** logs the reading of the case files whose text it shows (L3, F3) */
  search(question: Question): Promise<Found>;
  /** the person's visits that run between two moments, as the case files have them (F4) */
  visitsBetween(from: string, until: string): Promise<VisitSummary[]>;

  /** one local transaction for all edits: saved together or not at all (R1) */
  save(edits: Edit[]): Promise<{ changes: string[] }>;
  /** takes back own unsent changes of a save (Kumoa); sent ones are answered by a change that restores the values */
  undo(changes: string[]): Promise<void>;

  /** saves an attachment: its record, and its bytes, which follow once the entries have been sent (X6) */
  attach(edit: Edit, whole: Bytes, small: Bytes): Promise<void>;
  /** the bytes of an attachment, from here or over the network; the small ones are kept */
  attached(caseId: string, record: string, size: 'whole' | 'small'): Promise<Attached>;
  /** those whose bytes the server does not have yet, and why not */
  uploads(): Promise<Upload[]>;

  drafts(): Promise<Draft[]>;
  saveDraft(draft: Draft): Promise<void>;
  dropDraft(id: string): Promise<void>;

  outbox(): Promise<OutboxEntry[]>;
  /** saves the mended entry in place of the refused one */
  fixRefused(change: string, edit: Edit): Promise<void>;
  /** a refused entry goes to the supervisor with the next exchange, whole and with its reason (S7) */
  escalate(change: string): Promise<void>;
  /** of a supervisor: a page of what waits, over the network; and the decision, null once it stands */
  reviewQueue(after: string): Promise<ReviewPage | Problem | 'no_connection'>;
  decideReview(
    change: string,
    decision: 'release' | 'reject',
  ): Promise<Problem | 'no_connection' | null>;
  /** newest first; from `here` at once, from the `server` all there is, or what is here if it does not answer */
  history(
    caseId: string,
    recordId: string,
    from: 'here' | 'server',
  ): Promise<{ entries: HistoryEntry[]; complete: boolean }>;

  sync(): Promise<SyncStatus>;
  syncNow(): Promise<SyncStatus>;
  subscribe(listener: (event: EngineEvent) => unknown): Promise<void>;
  /** a preference of this person on this device: language, theme, lock minutes */
  preference(name: string): Promise<Json>;
  setPreference(name: string, value: Json): Promise<void>;
  /** what a client answered, sealed to `key`: of the survey to the server's, so that nobody here can read it again (Y2) */
  sealAnswer(key: string, answer: string): Promise<string>;
  /** the key to which what a client gives by hand is sealed; of what was `sealed` to it, what it says (Y7) */
  byHand(sealed?: string): Promise<string>;
  /** what the lock screen is to say of this person's check-in; null once it is over (K8) */
  setWatch(watch: Watch | null): Promise<void>;
  /** locked: asks the server, and takes it back where no check-in is on any more; true where that was so (K8) */
  dropWatchThatIsOver(): Promise<boolean>;
}
