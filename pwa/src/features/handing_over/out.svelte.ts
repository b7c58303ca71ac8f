/** Whether the phone was handed over and nobody has opened the store since (Y4): known after a reload too. */

import { keepOpenly, readOpenly } from '../../platform/in_the_open.ts';

const NAME = 'survey.out';

class Out {
  is = $state(readOpenly(NAME) !== null);

  set(is: boolean): void {
    this.is = is;
    keepOpenly(NAME, is ? 'yes' : null);
  }
}

export const out = new Out();
