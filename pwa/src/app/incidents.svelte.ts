/**
 * [K7] Threats that one recorded and the server does not have yet: sealed on the device, sent when there is a network.
 */

import { own } from '../rules/own.ts';
import { app } from './app.svelte.ts';
import { apiRequest, type Failed, type Shape } from './api.ts';
import type { Json, Problem } from '../model/engine.ts';
import { INCIDENTS_WAITING } from '../model/incidents_waiting.ts';

/** what is sent, with the id of the phone's own under which the server knows it again */
export interface WaitingIncident {
  id: string;
  incident_kind: string;
  at: string;
  text: string;
  measures: string;
  injured: boolean;
  drill: boolean;
  check_in: string | null;
}

class Incidents {
  waiting = $state.raw<WaitingIncident[]>([]);
  /** why the server did not take one, by its id */
  refused = $state.raw<Record<string, Problem | null>>({});

  async open(): Promise<void> {
    this.waiting = await stored();
  }

  close(): void {
    this.waiting = [];
    this.refused = {};
  }

  /** Sealed first, then sent. Null once the server has it; what it did not take goes on waiting. */
  async record(one: WaitingIncident): Promise<Failed | null> {
    await this.#change((all) => [...all.filter(({ id }) => id !== one.id), one]);
    await this.catchUp();
    const isHere = this.waiting.some(({ id }) => id === one.id);
    return isHere ? (own(this.refused, one.id) ?? 'no_connection') : null;
  }

  /** Its person gives up what the server will not take. Returns how to bring it back. */
  async putAway(id: string): Promise<() => Promise<void>> {
    const one = this.waiting.find((other) => other.id === id);
    await this.#change((all) => all.filter((other) => other.id !== id));
    return async () => {
      if (one) await this.#change((all) => [...all.filter((other) => other.id !== id), one]);
    };
  }

  /** One after the other in all tabs, each as it stands by then: an older text never arrives after a newer one. */
  async catchUp(): Promise<void> {
    const user = app.session?.user;
    await navigator.locks.request(`${INCIDENTS_WAITING}.sending`, async () => {
      if (app.session?.user !== user) return;
      for (const one of await stored()) {
        // Whoever unlocks meanwhile sends nothing of another's.
        if (app.session?.user !== user) return;
        if ((await this.#send(one)) === 'no_connection') return;
      }
    });
  }

  async #send(one: WaitingIncident): Promise<Failed | null> {
    const { id, ...said } = one;
    const path = `/api/incidents/${id}`;
    const answer = await apiRequest<Shape['IncidentReply']>('PUT', path, 'version', said);
    const problem = 'failed' in answer ? answer.failed : null;
    const isWaiting = problem === 'no_connection' || problem?.code === 'sign_in_needed';
    this.refused = { ...this.refused, [id]: isWaiting ? null : problem };
    if ('ok' in answer) {
      // What was corrected meanwhile is not what the server has.
      await this.#change((all) => all.filter((other) => !isSame(other, one)));
      return null;
    }
    return isWaiting ? 'no_connection' : problem;
  }

  /** Another tab may change it too. */
  async #change(changed: (all: WaitingIncident[]) => WaitingIncident[]): Promise<void> {
    await navigator.locks.request(INCIDENTS_WAITING, async () => {
      const waiting = changed(await stored());
      await app.engine.setPreference(INCIDENTS_WAITING, waiting as unknown as Json);
      this.waiting = waiting;
    });
  }
}

async function stored(): Promise<WaitingIncident[]> {
  const found = (await app.engine.preference(INCIDENTS_WAITING)) as WaitingIncident[] | null;
  return found ?? [];
}

function isSame(one: WaitingIncident, other: WaitingIncident): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export const incidents = new Incidents();
