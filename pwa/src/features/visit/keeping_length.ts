/** The end of what is planned follows its start. */

import { addMinutes, minutesBetween, momentsAt } from '../../domain/wall_clock.ts';
import { spanFrom, type Times } from '../../forms/times.ts';
import { wallOf } from '../../rules/time.ts';

/** The start has moved from `before`: the visit stays as long as it was. What is not typed out yet changes nothing. */
export function keepingLength(times: Times, before: Times): Times {
  const was = spanFrom(before);
  const [start] = momentsAt(times.day, times.start);
  const isMoved = times.start !== before.start && times.end === before.end;
  if (was === null || start === undefined || !isMoved) return times;
  return { ...times, end: wallOf(addMinutes(start, minutesBetween(was.start, was.end))).clock };
}
