/** What a team keeps an eye on: who is out, the threats that were recorded, and the files opened by exception. */

export { default as Incident } from './Incident.svelte';
export { default as IncidentRead } from './IncidentRead.svelte';
export { default as Incidents } from './Incidents.svelte';
export { default as BreakGlass } from '../openings/BreakGlass.svelte';
export { default as OpeningsOfClient } from '../openings/OpeningsOfClient.svelte';
export { default as OpeningsOfTeam } from '../openings/OpeningsOfTeam.svelte';
export { default as Out } from './Out.svelte';
