/**
 * Pages ahead of the store. Sealing and committing a page takes longer than fetching the next. Meanwhile page after page is
 * asked for, one request at a time (R2), and what has come by then is taken as one page, in one transaction. A request is
 * answered, and the next may go, once the answer's head has come: it says where to go on. The records follow it.
 */

import type { CallResult, Page, SyncReply } from './messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';

/** So many records may wait in memory before another page is asked for. */
const RECORDS_WAITING_MAX = 8_000;

export interface Exchanged {
  request: SyncRequest;
  answer: CallResult<SyncReply>;
  /** how long it was waited for */
  tookMs?: number;
}

export interface Steps {
  /** `began` hears the answer's head, if that can be read before the rest */
  ask: (request: SyncRequest, began: (head: SyncReply) => void) => Promise<CallResult<SyncReply>>;
  /** the request for the page after this answer; null where none is to be asked for ahead */
  after: (request: SyncRequest, reply: SyncReply) => SyncRequest | null;
}

export class PagePrefetch {
  readonly #steps: Steps;
  readonly #came: Exchanged[] = [];
  #next: SyncRequest | null;
  #asking: Promise<void> | null = null;
  #wake: () => void = () => undefined;

  constructor(first: SyncRequest, steps: Steps) {
    this.#steps = steps;
    this.#next = first;
    this.#goOn();
  }

  /** What has come, or comes next, as one; null when everything was handed out and nothing more is to be asked for. */
  async next(): Promise<Exchanged | null> {
    if (this.#came.length === 0 && this.#asking)
      await new Promise<void>((done) => (this.#wake = done));
    const together = joined(this.#came);
    this.#goOn();
    return together;
  }

  /** Resolves when nothing is in flight any more. */
  async stop(): Promise<void> {
    this.#next = null;
    await this.#asking;
  }

  #goOn(): void {
    if (this.#next && !this.#asking)
      this.#asking = this.#run().finally(() => {
        this.#asking = null;
        this.#wake();
      });
  }

  async #run(): Promise<void> {
    let whole = Promise.resolve();
    while (this.#next && recordsIn(this.#came) < RECORDS_WAITING_MAX) {
      const before = whole;
      const [next, coming] = this.#asked(this.#next, before);
      whole = coming;
      const after = await next;
      // No more than the rest of one answer and the head of the next are waited for.
      await before;
      // Null, if it was stopped meanwhile.
      this.#next &&= after;
    }
    await whole;
  }

  /** What to ask for next, and when all of the answer has come, after those before it. */
  #asked(
    request: SyncRequest,
    before: Promise<void>,
  ): [Promise<SyncRequest | null>, Promise<void>] {
    const { ask, after } = this.#steps;
    let whole = before;
    const next = new Promise<SyncRequest | null>((know) => {
      const answering = ask(request, (head) => {
        know(after(request, head));
      });
      whole = Promise.all([answering, before]).then(([answer]) => {
        this.#came.push({ request, answer });
        know('ok' in answer ? after(request, answer.ok) : null);
        this.#wake();
      });
    });
    return [next, whole];
  }
}

/** Takes the first answer, and the pages that can be taken with it, out of the list. */
function joined(came: Exchanged[]): Exchanged | null {
  const first = came.shift();
  if (!first) return null;
  let { answer } = first;
  for (let next = came[0]; next; next = came[0]) {
    const page = pageOf(answer);
    const more = pageOf(next.answer);
    if (!page || !more || !isPlain(page, more)) break;
    answer = { ok: { ...more, files: page.files, ...recordsOfBoth(page, more) } };
    came.shift();
  }
  return { request: first.request, answer };
}

/** Whether the second page brings nothing but records: what it says of files has to be done after the first one's records. */
function isPlain(page: Page, { epoch, files, touched, verdicts }: Page): boolean {
  return epoch === page.epoch && files.length + touched.length + verdicts.length === 0;
}

function recordsOfBoth(page: Page, more: Page): Pick<Page, 'records' | 'batches'> {
  const batches = [...(page.batches ?? []), ...(more.batches ?? [])];
  return { records: page.records.concat(more.records), batches };
}

function pageOf(answer: CallResult<SyncReply>): Page | null {
  return 'ok' in answer && 'cursor' in answer.ok ? answer.ok : null;
}

function recordsIn(came: Exchanged[]): number {
  const counts = came.map(({ answer }) => {
    const { records = [], batches = [] } = pageOf(answer) ?? {};
    return batches.reduce((sum, { texts }) => sum + texts.length, records.length);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
