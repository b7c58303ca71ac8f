/**
 * From which day on somebody had a permanent home (Q7). Twin of `server/rules/home_found.py`; `tests/vectors/home_found.json`
 * binds the two. Days are `YYYY-MM-DD`; a home is its first day and the day it ended, or null.
 */

export type HomeSpan = readonly [start: string, end: string | null];

/** A permanent home on the day on which the service began: nobody waited for one. */
export function hadHome(begun: string, homes: readonly HomeSpan[]): boolean {
  return homes.some(([start, end]) => start <= begun && (end === null || end > begun));
}

/** The first day of the first permanent home after the service began. */
export function firstHome(begun: string, homes: readonly HomeSpan[]): string | null {
  return (
    homes
      .map(([start]) => start)
      .filter((start) => start > begun)
      .sort()[0] ?? null
  );
}
