/**
 * Reminders and check-ins, which go on beside all other screens: one script, fetched after Tänään has been painted. Each
 * file of its own would cost the first screen its name and address.
 */

export { follow } from '../reminders/follow.svelte.ts';
export { default as CheckIn } from './checkin/CheckIn.svelte';
export { default as Strip } from './checkin/Strip.svelte';
export { default as Reminders } from './reminders/Reminders.svelte';
export { default as Incident } from './team/Incident.svelte';
export { default as IncidentRead } from './team/IncidentRead.svelte';
export { default as Incidents } from './team/Incidents.svelte';
export { default as Out } from './team/Out.svelte';
