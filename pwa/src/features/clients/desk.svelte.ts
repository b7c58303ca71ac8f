/** How a wide screen's table of clients is ordered, and narrowed as the list of a narrow one: kept while the app is open; saved views lie sealed. */

import { app } from '../../app/app.svelte.ts';
import {
  filtersIn,
  narrows,
  type ClientFilters,
  type ClientOrder,
} from '../../domain/client_filters.ts';
import { filters } from './filters.svelte.ts';
import type { Json } from '../../model/engine.ts';

interface SavedView {
  name: string;
  filters: ClientFilters;
  order: ClientOrder;
}

const KEPT = 'client_views';
const VIEWS_MAX = 20;
const byName: ClientOrder = { by: 'name', down: false };

let order = $state.raw<ClientOrder>(byName);
let views = $state.raw<SavedView[]>([]);

export const desk = {
  get filters(): ClientFilters {
    return filters.only;
  },
  set filters(chosen: ClientFilters) {
    filters.only = chosen;
  },
  get order(): ClientOrder {
    return order;
  },
  set order(chosen: ClientOrder) {
    order = chosen;
  },
  get views(): SavedView[] {
    return views;
  },
  /** What an address asks for; one that names no filter leaves them as they are. */
  takeAddress(query: URLSearchParams): void {
    const asked = filtersIn(query);
    if (narrows(asked)) filters.only = asked;
  },
  async open(): Promise<void> {
    views = ((await app.engine.preference(KEPT)) as unknown as SavedView[] | null) ?? [];
  },
  /** Under this name; one of that name before is replaced. */
  save(name: string): Promise<void> {
    const others = views.filter((one) => one.name !== name);
    return keep([...others, { name, filters: desk.filters, order }].slice(-VIEWS_MAX));
  },
  remove(name: string): Promise<void> {
    return keep(views.filter((one) => one.name !== name));
  },
  show(view: SavedView): void {
    filters.only = view.filters;
    ({ order } = view);
  },
};

async function keep(wanted: SavedView[]): Promise<void> {
  views = wanted;
  await app.engine.setPreference(KEPT, wanted as unknown as Json);
}
