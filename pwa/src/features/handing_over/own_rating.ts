/** What a client rates by hand: the seven areas of life, on the scale of their sheet, in every language that they may choose. */

import labels from 'virtual:client_labels';
import { own } from '../../rules/own.ts';

type Labelled = (typeof labels)[string][number];

/** What is rated, and the scale from the lowest to the highest. */
export interface Sheet {
  code: string;
  areas: Labelled[];
  scale: Labelled[];
}

const offered = (list: string) =>
  (own(labels, list) ?? []).filter(({ active }) => active !== false);

/** As the catalogue's `rating_sheet` has it: a test holds it against that. */
export const sheet: Sheet = {
  code: 'areas',
  areas: offered('guidance_area'),
  scale: offered('everyday_rating'),
};
