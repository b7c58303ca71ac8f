/**
 * Finland's public holidays, with the eves that are kept like them (T4). Twin of `server/rules/free_days.py`;
 * `tests/vectors/free_days.json` binds the two.
 */

import { addDays, type Day } from './time.ts';

const FIXED = {
  new_years_day: '01-01',
  epiphany: '01-06',
  may_day: '05-01',
  independence_day: '12-06',
  christmas_eve: '12-24',
  christmas_day: '12-25',
  second_day_of_christmas: '12-26',
} as const;
/** days from Easter Sunday */
const BY_EASTER = {
  good_friday: -2,
  easter_sunday: 0,
  easter_monday: 1,
  ascension_day: 39,
  pentecost: 49,
} as const;
const SATURDAY = 6;

export type Holiday =
  | keyof typeof FIXED
  | keyof typeof BY_EASTER
  | 'midsummer_eve'
  | 'midsummer_day'
  | 'all_saints_day';

/** By day the code of each. */
export function publicHolidays(year: number): Record<Day, Holiday> {
  const easter = easterOf(year);
  const midsummer = saturdayFrom(`${year}-06-20`);
  const all: [Day, Holiday][] = [
    ...Object.entries(FIXED).map(([code, day]): [Day, Holiday] => [
      `${year}-${day}`,
      code as Holiday,
    ]),
    ...Object.entries(BY_EASTER).map(([code, days]): [Day, Holiday] => [
      addDays(easter, days),
      code as Holiday,
    ]),
    [addDays(midsummer, -1), 'midsummer_eve'],
    [midsummer, 'midsummer_day'],
    [saturdayFrom(`${year}-10-31`), 'all_saints_day'],
  ];
  return Object.fromEntries(all);
}

function saturdayFrom(day: Day): Day {
  return addDays(day, SATURDAY - new Date(Date.parse(day)).getUTCDay());
}

/** The Gregorian Easter Sunday, as the church reckons it: from the golden number, the epact and the weekday. */
function easterOf(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const epact =
    (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) %
    30;
  const moon =
    epact -
    Math.floor(epact / 28) *
      (1 - Math.floor(epact / 28) * Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7;
  return addDays(`${year}-03-28`, moon - weekday);
}
