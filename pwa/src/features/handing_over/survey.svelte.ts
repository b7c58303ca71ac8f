/**
 * The clients' survey on this device (Y1–Y4): tickets to answer by, and sealed answers that wait for a network. Both lie in the
 * open, since they are wanted while the store is locked: a ticket names a team, and an answer can be read by the server alone.
 */

import { apiRequest, type Shape } from '../../app/api.ts';
import { app } from '../../app/app.svelte.ts';
import { keepOpenly, readOpenly } from '../../platform/in_the_open.ts';
import { ZONE } from '../../rules/time.ts';
import type { ClientLanguage } from '../../words/client_languages.ts';
import { out } from './out.svelte.ts';
import { storable } from './written.ts';

/** What the phone shows while the client holds it. */
export interface Handed {
  language: ClientLanguage;
  ticket: string;
  questions: Shape['Question'][];
  scale: Shape['ScaleValue'][];
  /** what an answer is sealed to */
  key: string;
}

interface Waiting {
  ticket: string;
  sealed: string;
  /** its client may still hold the phone */
  isOpen: boolean;
}

interface Kept {
  asked: Omit<Shape['Tickets'], 'tickets'> | null;
  tickets: string[];
  waiting: Waiting[];
  /** answers that the server did not take */
  refused: number;
}

const NAME = 'survey';
/** with fewer, more are fetched */
const TICKETS_MIN = 3;
const FETCH_EVERY_MS = 60 * 60_000;
const NOTHING: Kept = { asked: null, tickets: [], waiting: [], refused: 0 };

class Survey {
  /** in this tab, while the client holds the phone */
  handed = $state.raw<Handed | null>(null);
  #kept = $state.raw<Kept>(read());
  #fetchedAt = 0;
  #sealing: Promise<void> = Promise.resolve();

  get isReady(): boolean {
    return this.#kept.asked !== null && this.#kept.tickets.length > 0;
  }

  get waiting(): number {
    return this.#kept.waiting.length;
  }

  get refused(): number {
    return this.#kept.refused;
  }

  /** Shows the survey once the store is locked. False where there is no ticket. */
  handOver(language: ClientLanguage): boolean {
    const { asked, tickets } = read();
    const [ticket, ...rest] = tickets;
    if (!asked || ticket === undefined) return false;
    this.#keep({ tickets: rest });
    out.set(true);
    this.handed = { language, ticket, ...asked };
    return true;
  }

  /** Sealed at once, one after the other: neither a reload nor an empty battery loses it. */
  answer(scores: Record<string, number>, text: string): Promise<void> {
    const { handed } = this;
    if (!handed) return Promise.resolve();
    const { ticket, language, key } = handed;
    const content = { day: today(), language, scores: { ...scores }, text: storable(text) };
    this.#sealing = this.#sealing.then(async () => {
      const sealed = await app.engine.sealAnswer(key, JSON.stringify(content));
      const others = read().waiting.filter((one) => one.ticket !== ticket);
      this.#keep({ waiting: [...others, { ticket, sealed, isOpen: true }] });
    });
    return this.#sealing;
  }

  /** The client is ready, or was away too long. A ticket of which nothing was said is kept for the next one. */
  async end(): Promise<void> {
    const { handed } = this;
    if (!handed) return;
    await this.#sealing;
    this.handed = null;
    const { waiting, tickets } = read();
    const isUsed = waiting.some(({ ticket }) => ticket === handed.ticket);
    this.#keep({
      waiting: waiting.map((one) => ({ ...one, isOpen: false })),
      tickets: isUsed ? tickets : [...tickets, handed.ticket],
    });
    await this.send();
  }

  /** Sends what waits, then fetches tickets where few are left; now and then, but when somebody `wants` one. */
  async catchUp(wants = false): Promise<void> {
    await this.send();
    const isSoon = Date.now() - this.#fetchedAt < FETCH_EVERY_MS;
    if (read().tickets.length >= TICKETS_MIN || (isSoon && !wants)) return;
    this.#fetchedAt = Date.now();
    const answer = await apiRequest<Shape['Tickets']>('POST', '/api/survey/tickets', 'tickets');
    if (!('ok' in answer)) return;
    const { tickets, ...asked } = answer.ok;
    this.#keep({ asked, tickets: [...read().tickets, ...tickets] });
  }

  /** One tab at a time, without session and cookies. */
  async send(): Promise<void> {
    await navigator.locks.request(NAME, async () => {
      for (const one of read().waiting) {
        if (one.isOpen && this.handed?.ticket === one.ticket) continue;
        const taken = await sendOne(one);
        if (taken === 'no_connection') return;
        const { waiting, refused } = read();
        this.#keep({
          waiting: waiting.filter(({ ticket }) => ticket !== one.ticket),
          refused: taken === 'refused' ? refused + 1 : refused,
        });
      }
    });
  }

  #keep(changed: Partial<Kept>): void {
    this.#kept = { ...read(), ...changed };
    keepOpenly(NAME, JSON.stringify(this.#kept));
  }
}

/** Another tab may have changed it. */
function read(): Kept {
  try {
    return { ...NOTHING, ...(JSON.parse(readOpenly(NAME) ?? '{}') as Partial<Kept>) };
  } catch {
    return NOTHING;
  }
}

async function sendOne({
  ticket,
  sealed,
}: Waiting): Promise<'taken' | 'refused' | 'no_connection'> {
  try {
    const { status } = await fetch('/api/survey', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ticket, sealed }),
    });
    if (status === 204) return 'taken';
    return [403, 409, 422].includes(status) ? 'refused' : 'no_connection';
  } catch {
    return 'no_connection';
  }
}

function today(): string {
  return new Intl.DateTimeFormat('sv', { timeZone: ZONE }).format();
}

export const survey = new Survey();
