/**
 * Stamps of a hybrid logical clock (SPEC C): fixed-width ASCII, so that comparing text orders them.
 *
 * Twin of `server/rules/clock.py`. Pure: whoever calls brings the time. A stamp is
 * `MMMMMMMMMMMMM-CCCC-NNNNNNNNNNNN`: milliseconds since 1970, counter, node.
 */

/** earlier than every other stamp: where a clock starts */
export const ZERO = '0000000000000-0000-000000000000';

/** another's stamp further ahead of the own clock is not followed; the server's limit of the same name */
export const CLOCK_DRIFT_MAX_MS = 5 * 60 * 1000;

const TIME_MAX_MS = 10 ** 13 - 1;
const COUNTER_MAX = 0xffff;

const STAMP = /^[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Stamp {
  time_ms: number;
  counter: number;
  node: string;
}

/** What is not a stamp is refused, never repaired (C6). */
export class StampInvalid extends Error {
  override readonly name = 'StampInvalid';
}

/** Whether this is a stamp, to the letter (C6). */
export function isStamp(text: unknown): text is string {
  return typeof text === 'string' && STAMP.test(text);
}

/** The parts of a stamp. Throws `StampInvalid` for anything else (C6). */
export function parse(text: string): Stamp {
  if (!isStamp(text)) throw new StampInvalid('not a stamp');
  return {
    time_ms: Number(text.slice(0, 13)),
    counter: Number.parseInt(text.slice(14, 18), 16),
    node: text.slice(19),
  };
}

/** The text of a stamp. Throws `StampInvalid` where its time does not fit into 13 digits (C6). */
export function write({ time_ms, counter, node }: Stamp): string {
  if (!(time_ms >= 0 && time_ms <= TIME_MAX_MS)) {
    throw new StampInvalid('the calendar ends at 13 digits');
  }
  const time = String(time_ms).padStart(13, '0');
  return `${time}-${counter.toString(16).padStart(4, '0')}-${node}`;
}

/** The stamp of a change made now: later than `last` whatever `nowMs` says (C2). */
export function tick(last: string, nowMs: number, node: string): string {
  const before = parse(last);
  if (nowMs > before.time_ms) return write({ time_ms: nowMs, counter: 0, node });
  if (before.counter < COUNTER_MAX) {
    return write({ time_ms: before.time_ms, counter: before.counter + 1, node });
  }
  return write({ time_ms: before.time_ms + 1, counter: 0, node });
}

/** The clock after another's stamp was read: later than both, unless `other` runs wild (C3). */
export function receive(last: string, other: string, nowMs: number, node: string): string {
  const wild = parse(other).time_ms > nowMs + CLOCK_DRIFT_MAX_MS;
  return tick(wild || other < last ? last : other, nowMs, node);
}

/** What orders a version: a stamp from the future counts as of its receipt (C5). */
export function rank(at: string, received: string): string {
  return at < received ? at : received;
}
