import { expect, test } from 'vitest';
import catalogue from '../../../../server/catalogue/catalogue.json' with { type: 'json' };
import { sheet as own } from './own_rating.ts';

test('[Y8] a client rates the seven areas of the sheet, on its scale from 1 to 5, in easy words too', () => {
  const { rating_sheet, guidance_area, everyday_rating } = catalogue.catalogues;
  const sheet = rating_sheet.find(({ code }) => code === own.code);
  expect([sheet?.items_from, sheet?.scale]).toEqual(['guidance_area', 'everyday_rating']);
  expect(own.areas.map(({ code }) => code)).toEqual(guidance_area.map(({ code }) => code));
  expect(own.areas).toHaveLength(7);
  const values = own.scale.map(
    ({ code }) => everyday_rating.find((one) => one.code === code)?.value,
  );
  expect(values).toEqual([1, 2, 3, 4, 5]);
  expect(own.areas.map(({ fi_easy }) => fi_easy)).toContain('Kodin hoitaminen');
});
