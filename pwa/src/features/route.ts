/** A screen and its address. */

import type { Component } from 'svelte';

// A screen takes what its address holds, and nothing else.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Screen = Component<any>;

export interface Route {
  path: string;
  title: () => string;
  load: () => Promise<{ default: Screen }>;
  /** `list`: details open beside it on a laptop; `detail`: opens beside the list last seen */
  kind: 'list' | 'detail' | 'alone';
  /** a list that keeps the larger half beside its detail: a calendar */
  wide?: true;
  /** something is being filled in: the bottom bar makes room for Tallenna */
  form?: true;
}
