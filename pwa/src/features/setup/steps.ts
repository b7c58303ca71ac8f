/** What a new person sets up on a device: each step is told once on Tänään and in Asetukset until it stands. */

import { app } from '../../app/app.svelte.ts';
import { pushState } from '../../app/push.ts';
import { install, platform } from '../../platform/install.svelte.ts';
import { isOffered, make, type Failure } from '../../platform/passkey.ts';
import type { Json, Profile } from '../../model/engine.ts';

export type SetUpStep = 'reminders' | 'quick' | 'pin' | 'install';

/** kept with the person's store on this device */
const SKIPPED = 'setUpSkipped';

/** What is neither set up here nor beyond what this browser can do. */
export async function unsetSteps(): Promise<SetUpStep[]> {
  const [push, own, hasFinger] = await Promise.all([pushState(), ownProfile(), isOffered()]);
  const steps: SetUpStep[] = [];
  if (push === 'off') steps.push('reminders');
  const opensQuickly = own === null || own.passkey !== null || own.pin !== null;
  if (!opensQuickly && hasFinger) steps.push('quick');
  // A laptop has a keyboard: there a password is no trouble.
  else if (!opensQuickly && platform() !== 'desktop') steps.push('pin');
  if (!install.isInstalled && (install.canAsk || platform() !== 'desktop')) steps.push('install');
  return steps;
}

/** Of those, what has not been skipped. */
export async function stepsToTell(): Promise<SetUpStep[]> {
  const [steps, skipped] = await Promise.all([unsetSteps(), skippedSteps()]);
  return steps.filter((step) => !skipped.includes(step));
}

export async function skip(step: SetUpStep): Promise<void> {
  const skipped = new Set([...(await skippedSteps()), step]);
  await app.engine.setPreference(SKIPPED, [...skipped]);
}

async function skippedSteps(): Promise<Json[]> {
  const kept = await app.engine.preference(SKIPPED);
  return Array.isArray(kept) ? kept : [];
}

export async function ownProfile(): Promise<Profile | null> {
  const profiles = await app.engine.profiles();
  return profiles.find((one) => one.id === app.session?.profile) ?? null;
}

/** [V9] Null once a finger or a face opens the store of this profile. */
export async function turnOnQuick(profile: Profile): Promise<Failure | null> {
  const made = await make(profile.id, profile.label);
  if (typeof made === 'string') return made;
  await app.engine.addPasskey(made.passkey, made.answer);
  return null;
}
