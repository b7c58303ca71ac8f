/**
 * One's own check-in. It is on when the server has said so, and never before (K1); what is answered without a network is
 * kept sealed, shown as what it is, and said when there is one (K5).
 */

import { app } from './app.svelte.ts';
import { apiRequest, apiCommand, type Failed, type Shape } from './api.ts';
import { instantOf } from '../rules/time.ts';
import type { Json, Watch } from '../model/engine.ts';
import { teamNumber } from './team_number.ts';

export type CheckInShape = Shape['CheckInShape'];

/** What a person wants watched, under an id of the phone's own, so that it can be asked again. */
interface Wanted {
  id: string;
  caseId: string | null;
  minutes: number;
  place: string | null;
  visit: string | null;
  colleague: string | null;
  drill: boolean;
}

interface Kept {
  on: CheckInShape | null;
  /** for whom it was started on this device; missing in what an older release kept */
  caseId?: string | null;
  /** the server's clock minus this device's */
  aheadMs: number;
  /** said here and not heard by the server yet: the phone's time */
  safeAt: string | null;
  alertAt: string | null;
  /** [K11] it is an exercise: the server never hears of it */
  isPractice?: boolean;
}

const KEPT = 'checkIn';
const LOCKS_LATER = 'checkInLocksLater';
const PATH = '/api/checkins';
const TRY_AGAIN_MS = 10_000;
const MINUTE_MS = 60_000;
const nothing: Kept = { on: null, aheadMs: 0, safeAt: null, alertAt: null };

class CheckIn {
  #kept = $state.raw<Kept>(nothing);
  #retry: ReturnType<typeof setTimeout> | undefined;
  #opening: Promise<void> = Promise.resolve();
  /** the last one that ended here, with what the server made of it */
  ended = $state.raw<CheckInShape | null>(null);
  /** for whom that was */
  endedCase = $state<string | null>(null);
  /** [V5] this person wants more time before the lock while a check-in is on */
  locksLater = $state(false);
  /** [K11] whatever is armed now is an exercise */
  practises = $state(false);
  #endedPractice = $state(false);
  /** the one that is on, else the one that ended here last */
  readonly isPractice = $derived(
    this.#kept.on === null ? this.#endedPractice : this.#kept.isPractice === true,
  );
  /** an alert was heard by the server */
  isAlerted = $derived((this.#kept.on?.alert_at ?? null) !== null);

  readonly on = $derived(this.#kept.on);
  readonly caseId = $derived(this.#kept.caseId ?? null);
  readonly safeAt = $derived(this.#kept.safeAt);
  readonly alertAt = $derived(this.#kept.alertAt);
  /** something was said here that the server has not heard */
  readonly waits = $derived(this.safeAt !== null || this.alertAt !== null);

  /** Now, or a moment of this device's, by the clock that the deadline counts on. */
  serverNow(here = Date.now()): number {
    return here + this.#kept.aheadMs;
  }

  open(): Promise<void> {
    const { engine } = app;
    const found = Promise.all([engine.preference(KEPT), engine.preference(LOCKS_LATER)]);
    this.#opening = found.then(([kept, locksLater]) => {
      this.#kept = (kept as Kept | null) ?? nothing;
      this.locksLater = locksLater === true;
    });
    return this.#opening;
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#kept = nothing;
    this.ended = null;
    this.#endedPractice = false;
  }

  async lockLater(isLater: boolean): Promise<void> {
    this.locksLater = isLater;
    await app.engine.setPreference(LOCKS_LATER, isLater);
  }

  /** Null once the server watches; else why it does not. */
  async arm(wanted: Wanted): Promise<Failed | null> {
    if (this.practises) {
      await this.#keep(practised(wanted));
      return null;
    }
    const { id, caseId, ...given } = wanted;
    const answer = await apiRequest<CheckInShape>('PUT', `${PATH}/${id}`, 'deadline', {
      ...given,
      at: instantOf(Date.now()),
    });
    if ('failed' in answer) return answer.failed;
    this.ended = null;
    this.#endedPractice = false;
    await this.#keep({ ...nothing, on: answer.ok, caseId });
    await this.#look();
    return null;
  }

  async extend(minutes: number): Promise<Failed | null> {
    const { on } = this.#kept;
    if (on === null) return null;
    if (this.#kept.isPractice) {
      const deadline = instantOf(
        Math.max(Date.parse(on.deadline), Date.now()) + minutes * MINUTE_MS,
      );
      await this.#keep({ ...this.#kept, on: { ...on, deadline } });
      return null;
    }
    const given = { minutes, deadline: on.deadline };
    const path = `${PATH}/${on.id}/extend`;
    const answer = await apiRequest<CheckInShape>('POST', path, 'deadline', given);
    if ('failed' in answer) return answer.failed;
    // It may have been ended meanwhile: an answer that comes late does not bring it back.
    if (this.#kept.on?.id === on.id) await this.#keep({ ...this.#kept, on: answer.ok });
    return null;
  }

  async safe(): Promise<void> {
    if (this.#kept.isPractice) {
      await this.endPractice();
      return;
    }
    if (this.#kept.safeAt === null)
      await this.#keep({ ...this.#kept, safeAt: instantOf(Date.now()) });
    await this.catchUp();
  }

  async alert(): Promise<void> {
    if (this.#kept.isPractice) return;
    if (this.#kept.alertAt === null && !this.isAlerted)
      await this.#keep({ ...this.#kept, alertAt: instantOf(Date.now()) });
    await this.catchUp();
  }

  /** [K11] A practised one is over; one that is watched goes on. */
  async endPractice(): Promise<void> {
    const { on, isPractice } = this.#kept;
    if (on === null || !isPractice) return;
    const at = instantOf(Date.now());
    this.ended = { ...on, stage: 'ended', ended_at: at, ended_on_device: at };
    this.endedCase = this.caseId;
    this.#endedPractice = true;
    await this.#keep(nothing);
  }

  /** Says what waits to be said, then looks how it stands. */
  async catchUp(): Promise<void> {
    await this.#opening;
    if (this.#kept.isPractice) return;
    clearTimeout(this.#retry);
    if (await this.#say()) await this.#look();
    else this.#retry = setTimeout(() => void this.catchUp().catch(() => undefined), TRY_AGAIN_MS);
  }

  /** False while something goes on waiting. */
  async #say(): Promise<boolean> {
    const { on, alertAt, safeAt } = this.#kept;
    if (on === null) return true;
    const path = `${PATH}/${on.id}`;
    if (alertAt !== null) {
      const failed = await apiCommand('POST', `${path}/alert`, { at: alertAt });
      if (failed !== null && isToBeSaidAgain(failed)) return false;
      await this.#keep({ ...this.#kept, alertAt: null });
    }
    if (safeAt !== null) {
      const answer = await apiRequest<CheckInShape>('POST', `${path}/safe`, 'deadline', {
        at: safeAt,
      });
      if ('failed' in answer && isToBeSaidAgain(answer.failed)) return false;
      // Another turn may have said it too, and the next one may be on by now.
      if (this.#kept.on?.id !== on.id) return true;
      this.ended = 'ok' in answer ? answer.ok : null;
      this.endedCase = this.caseId;
      await this.#keep(nothing);
    }
    return true;
  }

  /** Whatever armed or ended it: the server knows. Without an answer it stands as it stood. */
  async #look(): Promise<void> {
    const before = this.#kept;
    const answer = await apiRequest<Shape['Own']>('GET', `${PATH}/mine`, 'server_time');
    if ('failed' in answer || app.session === null || this.#kept.safeAt !== null) return;
    // What was said here meanwhile is newer than this answer.
    if (this.#kept !== before) return;
    const { check_in: on, server_time } = answer.ok;
    const aheadMs = Date.parse(server_time) - Date.now();
    // A second is what the answer's own journey may take.
    const isSame = JSON.stringify(on) === JSON.stringify(this.#kept.on);
    if (isSame && Math.abs(aheadMs - this.#kept.aheadMs) < 2_000) return;
    await this.#keep({ ...this.#kept, on, aheadMs });
  }

  /** Where there is no room to store it, it stands in memory: what is said of one's safety is sent all the same. */
  async #keep(kept: Kept): Promise<void> {
    this.#kept = kept;
    await app.engine.setPreference(KEPT, kept as unknown as Json).catch(console.error);
    await app.engine.setWatch(watchOf(kept)).catch(console.error);
  }
}

/** [K11] What the server would answer, by this device's clock. */
function practised({ id, caseId, minutes, visit, colleague }: Wanted): Kept {
  const at = instantOf(Date.now());
  const on: CheckInShape = {
    id,
    user: app.session?.user ?? '',
    phone: '',
    visit,
    colleague,
    armed_at: at,
    deadline: instantOf(Date.now() + minutes * MINUTE_MS),
    stage: 'on',
    drill: true,
    alert_at: null,
    confirmed_by: null,
    confirmed_at: null,
    nobody_confirmed: false,
    may_see_place: false,
    alarms_failed: [],
    ended_at: null,
    ended_on_device: null,
    ended_by: null,
    late: false,
  };
  return { ...nothing, on, caseId, isPractice: true };
}

/** [K8] What the lock screen says of it: nothing of an alert, which nobody who looks on is to notice. */
function watchOf({ on, aheadMs, safeAt }: Kept): Watch | null {
  const number = teamNumber();
  return (
    on && {
      until: Date.parse(on.deadline) - aheadMs,
      saidAt: safeAt === null ? null : Date.parse(safeAt),
      phone: number?.phone ?? null,
      isLeaders: Boolean(number?.leader),
      drill: on.drill,
    }
  );
}

/** Only what the server does not know, or cannot take, is not said again. */
function isToBeSaidAgain(failed: Failed): boolean {
  return failed === 'no_connection' || !['not_found', 'fields_invalid'].includes(failed.code);
}

export const checkIn = new CheckIn();
