/** Where a check-in stands, by the clock that its deadline counts on: a screen does not wait for the server to say so. */

import { COLLEAGUE_MINUTES, SOON_MINUTES, SUPERVISOR_MINUTES } from '../../rules/constants.ts';

export type Stage = 'on' | 'soon' | 'asked' | 'colleague' | 'supervisor';

const MINUTE_MS = 60_000;
const steps: readonly [Stage, number][] = [
  ['supervisor', SUPERVISOR_MINUTES],
  ['colleague', COLLEAGUE_MINUTES],
  ['asked', 0],
  ['soon', SOON_MINUTES],
];

export function stageAt(deadline: string, now: number): Stage {
  const lateMs = now - Date.parse(deadline);
  return steps.find(([, minutes]) => lateMs >= minutes * MINUTE_MS)?.[0] ?? 'on';
}

/** "24:08", minutes and seconds between now and the deadline, before or after. */
export function countdown(deadline: string, now: number): string {
  const seconds = Math.abs(Math.round((Date.parse(deadline) - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
