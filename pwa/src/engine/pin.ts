/**
 * [V11] The PIN of this device: set, given up, and tried. Online the server counts the tries (J14) and gives a share of the
 * key for the right one; where the organisation lets a PIN open without a network, the device counts.
 */

import type { AskResult } from '../model/engine.ts';
import { isObject } from '../rules/json.ts';
import { PIN_TRIES_MAX } from '../rules/constants.ts';
import type { ProfileRow } from '../store/db.ts';
import {
  unlessFull,
  waitAfter,
  withoutPin,
  type Profiles,
  type Refused,
  type UnlockResult,
} from '../store/profiles.ts';
import { Locked } from '../store/store.ts';
import { Tampered, type PinSlot, type Vault } from '../store/vault.ts';
import { mustBeIntact, StretchedPin } from '../store/vault_pin.ts';
import { linkOf } from '../sync/locked.ts';
import { call } from '../sync/protocol.ts';
import type { EngineDeps, UnlockedSession } from './unlocked_session.ts';

const PIN = '/api/pin';

/**
 * Nothing changes here before the server has answered. Where its answer is lost it may have the new PIN already: the old one
 * goes then, rather than count as wrong; `isUnsure` says so to who is killed in between.
 */
export async function setPin(opened: UnlockedSession, pin: string): Promise<AskResult> {
  const { vault } = opened.store;
  const unsure = (isUnsure: boolean) =>
    opened.profiles.change(vault.profile, (row) =>
      row.pin ? { ...row, pin: { ...row.pin, isUnsure } } : row,
    );
  // Without a network nothing is risked.
  const reached = await opened.ask('GET', PIN);
  if (!('ok' in reached)) return reached;
  const made = await StretchedPin.fresh(pin);
  await unsure(true);
  const answer = await opened.ask('PUT', PIN, { proof: await made.proof() });
  if ('refused' in answer) {
    await unsure(false);
    return answer;
  }
  if (!('ok' in answer) || !isOffer(answer.ok)) {
    await opened.profiles.change(vault.profile, withoutPin);
    return { none: true };
  }
  const slot = await made.slot(vault, answer.ok.share);
  await opened.profiles.change(vault.profile, (row) => ({ ...row, pin: { slot, tries: 0 } }));
  return answer;
}

/** Where the server keeps a share it goes there first: a copy of the slot would need nothing else. */
export async function dropPin(opened: UnlockedSession): Promise<AskResult> {
  const { profiles, store } = opened;
  const { profile } = store.vault;
  const answer = await opened.ask('DELETE', PIN);
  const isOnline = (await profiles.get(profile))?.pin?.slot.isOnline ?? false;
  if (isOnline && !('ok' in answer)) return answer;
  await profiles.change(profile, withoutPin);
  return { ok: null };
}

export async function openByPin(
  profiles: Profiles,
  deps: EngineDeps,
  id: string,
  pin: string,
): Promise<UnlockResult> {
  const row = await profiles.get(id);
  if (!row?.pin || row.pin.isUnsure) return gone(profiles, id);
  try {
    const { slot } = row.pin;
    await mustBeIntact(slot);
    const tried = slot.isOnline
      ? await openOnline(profiles, deps.fetch, row, slot, pin)
      : await openOffline(profiles, row, slot, pin);
    if ('vault' in tried) await profiles.forgetTries(id);
    return tried;
  } catch (error) {
    // The slot alone is broken: whatever it was to open opens with the password.
    if (error instanceof Tampered) return gone(profiles, id);
    throw error;
  }
}

/** [J14] The server counts, for all tabs and for whoever has a copy of the files. */
async function openOnline(
  profiles: Profiles,
  fetching: typeof fetch,
  row: ProfileRow,
  slot: PinSlot,
  pin: string,
): Promise<UnlockResult> {
  const link = linkOf(fetching, row);
  if (!link) return gone(profiles, row.id);
  const given = await StretchedPin.of(pin, slot);
  const answer = await call(link, 'POST', PIN, { proof: await given.proof() }, isTried);
  if ('refused' in answer && answer.refused.code === 'sign_in_needed')
    return gone(profiles, row.id);
  if (!('ok' in answer)) return { refused: 'no_connection' };
  const { share, tries_left: triesLeft } = answer.ok;
  if (share === null && triesLeft > 0) return { refused: 'wrong', triesLeft };
  const vault = share === null ? null : await given.open(row.id, slot, share);
  return vault ? { vault } : gone(profiles, row.id);
}

/** [V4, V11] The try is counted, on the disk, before it is made; where there is no room none is made. */
async function openOffline(
  profiles: Profiles,
  row: ProfileRow,
  slot: PinSlot,
  pin: string,
): Promise<UnlockResult> {
  const counted = await profiles.countTry(row.id);
  if (!counted) return { refused: 'pin_gone' };
  if ('waitMs' in counted) return { refused: 'wait', waitMs: counted.waitMs };
  const tries = await countPin(profiles, row.id);
  if (tries === null || tries > PIN_TRIES_MAX) return gone(profiles, row.id);
  const vault = await (await StretchedPin.of(pin, slot)).open(row.id, slot, null);
  if (vault) return forgiven(profiles, vault);
  if (tries === PIN_TRIES_MAX) return gone(profiles, row.id);
  return { refused: 'wrong', triesLeft: PIN_TRIES_MAX - tries, waitMs: waitAfter(counted.tries) };
}

async function countPin(profiles: Profiles, id: string): Promise<number | null> {
  let tries: number | null = null;
  await profiles.change(id, (row) => {
    if (!row.pin) return row;
    tries = row.pin.tries + 1;
    return { ...row, pin: { ...row.pin, tries } };
  });
  return tries;
}

async function forgiven(profiles: Profiles, vault: Vault): Promise<UnlockResult> {
  const begun = (row: ProfileRow) => (row.pin ? { ...row, pin: { ...row.pin, tries: 0 } } : row);
  await profiles.change(vault.profile, begun).catch(unlessFull);
  return { vault };
}

async function gone(profiles: Profiles, id: string): Promise<Refused> {
  await profiles.change(id, withoutPin);
  return { refused: 'pin_gone' };
}

/** [V11] Once it has opened without the server: it goes where the organisation lets it no more. */
export async function dropUnlessAllowed(opened: UnlockedSession): Promise<void> {
  const { profiles, store } = opened;
  const { profile } = store.vault;
  if ((await profiles.get(profile))?.pin?.slot.isOnline !== false) return;
  const answer = await opened.ask('GET', PIN).catch(lockedMeanwhile);
  const isOver = 'ok' in answer && isObject(answer.ok) && answer.ok['may_be_offline'] === false;
  if (isOver) await profiles.change(profile, withoutPin);
}

/** The next unlocking asks again. */
function lockedMeanwhile(error: unknown): AskResult {
  if (error instanceof Locked) return { none: true };
  throw error;
}

function isOffer(body: unknown): body is { share: string | null } {
  return isObject(body) && 'share' in body;
}

function isTried(body: unknown): body is { share: string | null; tries_left: number } {
  return isObject(body) && 'share' in body && 'tries_left' in body;
}
