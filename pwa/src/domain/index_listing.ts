/** What the small index keeps beside a client's summary: columns of open records (G5), and what is agreed (Z21). Pure. */

import type { Listing } from '../kinds/listing.ts';
import { listedAmong } from './columns.ts';
import { contractOf } from './contract.ts';

/** told apart from an index that an older release made of the same declarations */
const WAY = 'with contracts';

/** By the declarations that this address has. */
export function listed(kinds: string): Listing {
  return { by: `${kinds} ${WAY}`, of: listedAmong, contractOf };
}
