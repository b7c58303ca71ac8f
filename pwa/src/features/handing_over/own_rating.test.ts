import { expect, test } from 'vitest';
import catalogue from '../../../../server/catalogue/catalogue.json' with { type: 'json' };
import { sheets } from './own_rating.ts';

const { rating_sheet, guidance_area, everyday_rating, participation, participation_frequency } =
  catalogue.catalogues;

test('[Y8] a client rates the seven areas of the sheet, on its scale from 5 to 1, in easy words too', () => {
  const { areas } = sheets;
  const sheet = rating_sheet.find(({ code }) => code === areas.code);
  expect([sheet?.items_from, sheet?.scale]).toEqual(['guidance_area', 'everyday_rating']);
  expect(areas.areas.map(({ code }) => code)).toEqual(guidance_area.map(({ code }) => code));
  expect(areas.areas).toHaveLength(7);
  const values = areas.scale.map(
    ({ code }) => everyday_rating.find((one) => one.code === code)?.value,
  );
  expect(values).toEqual([5, 4, 3, 2, 1]);
  expect(areas.areas.map(({ fi_easy }) => fi_easy)).toContain('Kodin hoitaminen');
});

test('[Y9] and in what they take part, how often, or whether they would like to, in words that are theirs', () => {
  const own = sheets.participation;
  const sheet = rating_sheet.find(({ code }) => code === own.code);
  expect([sheet?.items_from, sheet?.scale]).toEqual(['participation', 'participation_frequency']);
  const codes = (entries: readonly { code: string }[]) => entries.map(({ code }) => code);
  expect(codes(own.areas)).toEqual(codes(participation));
  expect(codes(own.scale)).toEqual(codes(participation_frequency));
  expect(own.scale.map(({ fi }) => fi)).toContain('En nyt, mutta haluaisin');
});
