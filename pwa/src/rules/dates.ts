/**
 * Which days and moments a record may hold (T1). Twin of `server/rules/dates.py`; `tests/vectors/dates.json` binds the two.
 */

const YEAR_MIN = 1900;
const YEAR_MAX = 2100;

export const DAY_MIN = `${YEAR_MIN}-01-01`;
export const DAY_MAX = `${YEAR_MAX}-12-31`;

const DAY = /^((?:19|20)\d\d|2100)-(\d\d)-(\d\d)$/;
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** A calendar day, `YYYY-MM-DD`, of the years that we know. */
export function isDay(text: unknown): text is string {
  const [, year, month, day] = (typeof text === 'string' && DAY.exec(text)) || [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** A moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`, of the years that we know. */
export function isInstant(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    text[10] === 'T' &&
    CLOCK.test(text.slice(11)) &&
    isDay(text.slice(0, 10))
  );
}
