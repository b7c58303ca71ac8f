/**
 * The exercise that is going on (U48), kept on this device. It is done on the fictional clients of an installation that
 * is not declared production; a practised check-in never leaves the device (K11).
 */

import { untrack } from 'svelte';
import { v7 } from 'uuid';
import { app } from '../../app/app.svelte.ts';
import { checkIn } from '../../app/check_in.svelte.ts';
import { paths } from '../../app/paths.ts';
import { router } from '../../app/router.svelte.ts';
import { stepAfter, stepCount, type Exercise, type Happened } from '../../domain/practice.ts';
import type { CaseSummary, Edit, Json } from '../../model/engine.ts';
import { instantOf } from '../../rules/time.ts';
import { words } from '../../words/index.svelte.ts';

interface Running {
  exercise: Exercise;
  step: number;
  /** when it began, milliseconds since 1970 */
  since: number;
  /** where the two entries stand */
  about: { case: string; record: string } | null;
}

interface Kept {
  done: Exercise[];
  running: Running | null;
  /** left in the middle, to be taken up again */
  left: Running[];
}

const KEPT = 'practice';
const nothing: Kept = { done: [], running: null, left: [] };

class Practice {
  #kept = $state.raw<Kept>(nothing);
  #isOpen = $state(false);

  readonly done = $derived(this.#kept.done);
  readonly running = $derived(this.#kept.running);
  readonly isOver = $derived(
    this.running !== null && this.running.step === stepCount(this.running.exercise),
  );
  /** one's own client, else any: there is nothing to practise on without one */
  readonly client: CaseSummary | undefined = $derived.by(() => {
    const clients = app.summaries.filter(({ isIntake }) => !isIntake);
    return clients.find(({ ownWorker }) => ownWorker === app.session?.user) ?? clients[0];
  });
  readonly isOffered = $derived(app.session?.production === false);

  /** After the check-in has been opened: whether one is on is known then. */
  async open(): Promise<void> {
    const kept = (await app.engine.preference(KEPT)) as Kept | null;
    this.#kept = (this.isOffered && kept) || nothing;
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
    this.#kept = nothing;
  }

  /** False where a check-in is on that is none of the exercise: it is to be ended first. */
  async begin(exercise: Exercise): Promise<boolean> {
    if (!this.isOffered || (exercise === 'checkIn' && checkIn.on !== null)) return false;
    await this.leave();
    const running =
      this.#kept.left.find((one) => one.exercise === exercise) ?? (await this.#anew(exercise));
    const left = this.#kept.left.filter((one) => one !== running);
    await this.#keep({ ...this.#kept, running, left });
    return true;
  }

  /** What was begun can be taken up again; a practised check-in is over. */
  async leave(): Promise<void> {
    const { running, isOver } = this;
    if (running === null) return;
    await checkIn.endPractice();
    const staysBegun = !isOver && running.exercise !== 'checkIn';
    const left = staysBegun ? [...this.#kept.left, running] : this.#kept.left;
    await this.#keep({ ...this.#kept, running: null, left });
  }

  isBegun(exercise: Exercise): boolean {
    return [this.running, ...this.#kept.left].some((one) => one?.exercise === exercise);
  }

  async #anew(exercise: Exercise): Promise<Running> {
    const about = exercise === 'differing' ? await this.#writeTwice() : null;
    return { exercise, step: 0, since: Date.now(), about };
  }

  /** Reads what happened, in an effect, and moves on. */
  look(): void {
    const { running } = this;
    checkIn.practises = running?.exercise === 'checkIn' && !this.isOver;
    if (running === null || !this.#isOpen || !app.loaded) return;
    const step = stepAfter(running.exercise, running.step, this.#happened(running));
    if (step === running.step) return;
    untrack(() => {
      const isDone = step === stepCount(running.exercise);
      const done = isDone ? [...new Set([...this.#kept.done, running.exercise])] : this.#kept.done;
      void this.#keep({ ...this.#kept, done, running: { ...running, step } });
    });
  }

  #happened({ since, about }: Running): Happened {
    const logged = (app.outbox ?? []).filter(
      ({ kind, at, set }) => kind === 'visit' && at >= since && set['outcome'],
    );
    const { path } = router.place;
    return {
      isOffline: app.sync.phase === 'offline',
      visit: logged.some(({ state }) => state === 'sent')
        ? 'sent'
        : logged.length > 0
          ? 'waits'
          : 'none',
      differs:
        about !== null && Boolean(app.byCase.get(about.case)?.differing.includes(about.record)),
      isAtDiffering: about !== null && path === paths.differing(about.case, about.record),
      isAtCheckIn: path.startsWith(paths.checkIn),
      isOut: checkIn.on !== null,
    };
  }

  /** One note twice, as by two devices that had not heard of each other: neither has seen the other's text. */
  async #writeTwice(): Promise<Running['about']> {
    const { client } = this;
    if (!client) return null;
    const about = { case: client.case, record: v7() };
    const edit = (set: Record<string, Json>): Edit => ({ ...about, kind: 'note', set, seen: {} });
    const { first, second } = words.help.practice.texts;
    const at = instantOf(Date.now());
    await app.engine.save([edit({ text: first, at }), edit({ text: second })]);
    return about;
  }

  async #keep(kept: Kept): Promise<void> {
    this.#kept = kept;
    await app.engine.setPreference(KEPT, kept as unknown as Json);
  }
}

export const practice = new Practice();
