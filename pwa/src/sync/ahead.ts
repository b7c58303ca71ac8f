/**
 * Pages ahead of the store. Sealing and committing a page takes longer than fetching the next. Meanwhile page after page is
 * asked for, one request at a time (R2), and what has come by then is taken as one page, in one transaction.
 */

import type { Answer, Page, SyncReply, SyncRequest } from './wire.ts';

/** So many records may wait in memory before another page is asked for. */
const RECORDS_WAITING_MAX = 8_000;

export interface Exchanged {
  request: SyncRequest;
  answer: Answer<SyncReply>;
  /** how long it was waited for */
  tookMs?: number;
}

export interface Steps {
  ask: (request: SyncRequest) => Promise<Answer<SyncReply>>;
  /** the request for the page after this answer; null where none is to be asked for ahead */
  after: (request: SyncRequest, reply: SyncReply) => SyncRequest | null;
}

export class Ahead {
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
    while (this.#next && recordsIn(this.#came) < RECORDS_WAITING_MAX) {
      const request = this.#next;
      const answer = await this.#steps.ask(request);
      this.#came.push({ request, answer });
      // Null, if it was stopped meanwhile.
      this.#next &&= 'ok' in answer ? this.#steps.after(request, answer.ok) : null;
      this.#wake();
    }
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
    answer = { ok: { ...more, files: page.files, records: page.records.concat(more.records) } };
    came.shift();
  }
  return { request: first.request, answer };
}

/** Whether the second page brings nothing but records: what it says of files has to be done after the first one's records. */
function isPlain(page: Page, { epoch, files, touched, verdicts }: Page): boolean {
  return epoch === page.epoch && files.length + touched.length + verdicts.length === 0;
}

function pageOf(answer: Answer<SyncReply>): Page | null {
  return 'ok' in answer && 'cursor' in answer.ok ? answer.ok : null;
}

function recordsIn(came: Exchanged[]): number {
  return came.reduce((total, { answer }) => total + (pageOf(answer)?.records.length ?? 0), 0);
}
