/** Lists of the server's that come in pages: nothing of them is kept on the device. */

import { apiRequest, type ApiResult, type Failed } from './api.ts';

interface Page {
  /** the place of the page after it; null on the last */
  next: string | null;
}

export function askedPage<Reply extends Page>(
  path: string,
  proof: keyof Reply & string,
  after: string,
): Promise<ApiResult<Reply>> {
  const query = after === '' ? '' : `?after=${encodeURIComponent(after)}`;
  return apiRequest<Reply>('GET', path + query, proof);
}

/** A list as a screen shows it: a page, and those after it as far as somebody wanted more. */
export class PagedList<Reply extends Page, Item> {
  /** null until the server has answered */
  items = $state.raw<Item[] | null>(null);
  next = $state.raw<string | null>(null);
  failed = $state.raw<Failed | null>(null);
  fetching = $state(false);
  readonly #page: (after: string) => Promise<ApiResult<Reply>>;
  readonly #itemsOf: (reply: Reply) => Item[];

  constructor(path: string, proof: keyof Reply & string, itemsOf: (reply: Reply) => Item[]) {
    this.#page = (after) => askedPage<Reply>(path, proof, after);
    this.#itemsOf = itemsOf;
  }

  /** As many as are shown, a page at least; then, with `more`, the page after them. What was shown stays where it fails. */
  async fetch(more = false): Promise<void> {
    this.fetching = true;
    try {
      const wanted = Math.max(1, (this.items?.length ?? 0) + (more ? 1 : 0));
      const found: Item[] = [];
      let after: string | null = '';
      while (after !== null && found.length < wanted) {
        const answer: ApiResult<Reply> = await this.#page(after);
        if ('failed' in answer) {
          this.failed = answer.failed;
          return;
        }
        found.push(...this.#itemsOf(answer.ok));
        after = answer.ok.next;
      }
      [this.items, this.next, this.failed] = [found, after, null];
    } finally {
      this.fetching = false;
    }
  }
}
