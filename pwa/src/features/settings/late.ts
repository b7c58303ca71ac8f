/** What opens Ovikello besides the password: drawn once the settings stand. */

export { default as Pin } from './Pin.svelte';
export { default as SecondFactor } from '../second-factor/SecondFactor.svelte';
