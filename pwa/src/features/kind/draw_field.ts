/** How a field within an item is drawn. Maps hold fields and fields may be maps: the outer gives the inner its way of drawing. */

import type { Snippet } from 'svelte';
import type { Field } from '../../kinds/declared.ts';

export type DrawField = Snippet<
  [name: string, field: Field, called?: string, touched?: () => void]
>;
