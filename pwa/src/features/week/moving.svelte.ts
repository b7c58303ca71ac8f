/** A visit that has been taken up in the calendar and not been put down yet. */

import { app } from '../../app/app.svelte.ts';
import type { Item } from '../../domain/agenda.ts';
import { addDays, dayOf, type Day } from '../../rules/time.ts';
import { minutesBetween } from '../../domain/wall_clock.ts';
import { clockOf, minuteOf, movedTo, snapped } from '../../domain/week.ts';
import { isCaseworker } from '../../domain/roles.ts';
import { makerOf } from '../../domain/team_day.ts';
import { hasEndedBy, serviceOf } from '../../domain/phase_history.ts';
import type { Span } from '../../domain/visits.ts';
import { moveEdit, type GivenAway } from '../../forms/move.ts';
import { words } from '../../words/index.svelte.ts';
import { format } from '../../words/format.svelte.ts';
import { whenOf } from '../../case/visit_item.ts';
import { toldOfPlace, askedVisitOf } from '../../case/told.ts';

export class Moving {
  readonly item: Item;
  /** where it would be put down */
  day: Day = $state('');
  minute = $state(0);
  /** with whom, where people have rows */
  person: string | null = $state(null);
  readonly span: Span = $derived.by(() => movedTo(this.item.visit, this.day, this.minute));
  readonly clock = $derived(clockOf(this.minute));
  /** where people have rows, what is told of that place before it is put down and after (E7) */
  readonly told: string[] = $derived.by(() => {
    if (this.person === null || !this.#isElsewhere) return [];
    return toldOfPlace(askedVisitOf(this.item), this.person, this.span, [], this.#row);
  });
  /** the row that it was taken from; null: no people have rows, or nobody makes it */
  readonly #row: string | null;
  readonly #isElsewhere = $derived.by(
    () => this.person !== this.#row || this.span !== this.item.visit,
  );
  /** what it had seen is what was on the screen when it was taken up (R9) */
  readonly #record;

  constructor(item: Item, row: string | null = null) {
    this.item = item;
    this.#row = row;
    this.#record = app.engine.record(item.client.case, item.visit.record);
    this.day = dayOf(item.visit.start);
    this.minute = minuteOf(item.visit.start);
    this.person = row;
  }

  to(day: Day, minute: number): void {
    const { start, end } = this.item.visit;
    this.day = day;
    this.minute = snapped(minute, minutesBetween(start, end));
  }

  by(days: number, minutes: number): void {
    this.to(addDays(this.day, days), this.minute + minutes);
  }

  /** To another day at its own time, in this person's row. */
  toRow(day: Day, person: string | null): void {
    this.day = day;
    this.person = person;
  }

  /** Who makes it with somebody makes it once; nobody's row takes nothing, nor does one of whoever meets no clients. */
  takes(person: string | null): boolean {
    if (person === this.#row) return true;
    if (person === null || !isCaseworker(app.people.get(person)?.role ?? null)) return false;
    return person !== makerOf(this.item) && person !== this.item.visit.partner;
  }

  /** One save with Kumoa. Nothing is saved where it was taken from. */
  async putDown(): Promise<void> {
    const { start, end } = this.item.visit;
    const record = await this.#record;
    const handed = this.#handed();
    const edit = record && moveEdit(record, { start, end }, this.span, handed);
    if (!edit) return;
    const when = whenOf(this.span);
    const moved = handed ? words.week.movedTo(when, app.nameOf(handed.to)) : words.week.moved(when);
    const said = [moved, ...this.told, await this.#afterService()];
    await app.save([edit], said.filter(Boolean).join('. '));
  }

  #handed(): GivenAway | undefined {
    const [row, to] = [this.#row, this.person];
    if (to === null || to === row) return undefined;
    const { worker, partner } = this.item.visit;
    const isPartners = row !== null && row === partner && row !== makerOf(this.item);
    return isPartners ? { as: 'partner', was: partner, to } : { as: 'worker', was: worker, to };
  }

  /** [E7] The service is over by then: told, never in the way. */
  async #afterService(): Promise<string> {
    const records = await app.openClient(this.item.client.case, true);
    const client = records.find(({ kind }) => kind === 'case') ?? null;
    const day = dayOf(this.span.start);
    if (!hasEndedBy(client, day)) return '';
    const { end } = serviceOf(client);
    return end !== null && end < day
      ? words.caseFile.afterService(format.date(end))
      : words.caseFile.serviceEnded;
  }
}
