/** What a client rates or tells by hand: sheets and a question, in every language that they may choose. */

import labels from 'virtual:client_labels';
import { own } from '../../rules/own.ts';
import type { ClientLanguage } from '../../words/client_languages.ts';

type Labelled = (typeof labels)[string][number];

/** What is rated, and the scale in the order in which it is shown. */
export interface Sheet {
  code: 'areas' | 'participation';
  areas: Labelled[];
  scale: Labelled[];
  /** each step of the scale has a face beside its words */
  hasFaces: boolean;
}

/** [Y9] What they thought of the phase that has ended, in their own words. */
export interface Feedback {
  code: 'feedback';
  asks: Record<ClientLanguage, string>;
}

export const feedback: Feedback = {
  code: 'feedback',
  asks: {
    fi: 'Mikä tuessa oli hyvää, ja mitä pitäisi muuttaa?',
    fi_easy: 'Mikä oli hyvää? Mikä ei ollut hyvää?',
    sv: 'Vad var bra med stödet, och vad borde ändras?',
    en: 'What was good about the support, and what should change?',
  },
};

const offered = (list: string) =>
  (own(labels, list) ?? []).filter(({ active }) => active !== false);

/** A catalogue's Finnish speaks of the client; its easy words let them speak. */
const spoken = (entry: Labelled): Labelled => ({ ...entry, fi: entry.fi_easy });

/** As the catalogue's `rating_sheet` has them: a test holds them against that. */
export const sheets: Record<Sheet['code'], Sheet> = {
  areas: {
    code: 'areas',
    areas: offered('guidance_area'),
    scale: offered('everyday_rating').toReversed(),
    hasFaces: true,
  },
  participation: {
    code: 'participation',
    areas: offered('participation'),
    scale: offered('participation_frequency').map(spoken),
    hasFaces: false,
  },
};
