/** The formats of `moments.ts` in the language spoken now. */

import * as moments from './moments.ts';
import { language } from './index.svelte.ts';

type Moment = string | number;

export const format = {
  clock: (at: Moment) => moments.clock(at, language()),
  atClock: (at: Moment) => moments.atClock(at, language()),
  span: (start: Moment, end: Moment) => moments.span(start, end, language()),
  day: (at: Moment) => moments.day(at, language()),
  longDay: (at: Moment) => moments.longDay(at, language()),
  dayAndClock: (at: Moment) => moments.dayAndClock(at, language()),
  daysAgo: (at: Moment) => moments.daysAgo(at, language()),
  recently: (at: Moment) => moments.recently(at, language()),
  date: (date: string) => moments.dateOf(date, language()),
  dateSpan: (from: string, to: string) => moments.dateSpan(from, to, language()),
  hours: (minutes: number) => moments.hours(minutes, language()),
  duration: moments.duration,
  number: (value: number) => moments.number(value, language()),
  megabytes: (bytes: number) => moments.megabytes(bytes, language()),
  inOrder: (a: string, b: string) => moments.alphabetical(language())(a, b),
};
