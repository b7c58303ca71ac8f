/** Every unit test knows the kinds, as the page and the worker do once they have fetched them. */

import declared from '../../../server/kinds/kinds.json' with { type: 'json' };
import { useKinds, type Kinds } from './declared.ts';

useKinds(declared.kinds as unknown as Kinds);
