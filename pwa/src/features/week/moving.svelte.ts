/** A visit that has been taken up in the calendar and not been put down yet. */

import { app } from '../../app/app.svelte.ts';
import type { Item } from '../../domain/agenda.ts';
import { addDays, dayOf, type Day } from '../../rules/time.ts';
import { minutesBetween } from '../../domain/wall_clock.ts';
import { clockOf, minuteOf, movedTo, snapped } from '../../domain/week.ts';
import { hasEndedBy, serviceOf } from '../../domain/phase_history.ts';
import type { Span } from '../../domain/visits.ts';
import { moveEdit } from '../../forms/move.ts';
import { words } from '../../words/index.svelte.ts';
import { format } from '../../words/format.svelte.ts';
import { whenOf } from '../../case/visit_item.ts';

export class Moving {
  readonly item: Item;
  /** where it would be put down */
  day: Day = $state('');
  minute = $state(0);
  readonly span: Span = $derived.by(() => movedTo(this.item.visit, this.day, this.minute));
  readonly clock = $derived(clockOf(this.minute));
  /** what it had seen is what was on the screen when it was taken up (R9) */
  readonly #record;

  constructor(item: Item) {
    this.item = item;
    this.#record = app.engine.record(item.client.case, item.visit.record);
    this.day = dayOf(item.visit.start);
    this.minute = minuteOf(item.visit.start);
  }

  to(day: Day, minute: number): void {
    const { start, end } = this.item.visit;
    this.day = day;
    this.minute = snapped(minute, minutesBetween(start, end));
  }

  by(days: number, minutes: number): void {
    this.to(addDays(this.day, days), this.minute + minutes);
  }

  /** One save with Kumoa. Nothing is saved where it was taken from. */
  async putDown(): Promise<void> {
    const { start, end } = this.item.visit;
    const record = await this.#record;
    const edit = record && moveEdit(record, { start, end }, this.span);
    if (!edit) return;
    const said = [words.week.moved(whenOf(this.span)), await this.#afterService()];
    await app.save([edit], said.filter(Boolean).join('. '));
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
