/** A visit that has been taken up in the calendar and not been put down yet. */

import { app } from '../../app.svelte.ts';
import type { Item } from '../../domain/agenda.ts';
import { addDays, dayOf, minutesBetween, type Day } from '../../domain/time.ts';
import { clockOf, minuteOf, movedTo, snapped } from '../../domain/week.ts';
import type { Span } from '../../domain/visits.ts';
import { moveEdit } from '../../forms/move.ts';
import { words } from '../../words/index.svelte.ts';
import { whenOf } from './shown.ts';

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
    if (edit) await app.save([edit], words.week.moved(whenOf(this.span)));
  }
}
