import { expect, test, vi } from 'vitest';
import { Camera, cameraFault } from './camera.svelte.ts';

test.each([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotReadableError', 'busy'],
  ['NotFoundError', 'absent'],
  ['OverconstrainedError', 'absent'],
])('[X9] %s is told as: %s', (name, fault) => {
  expect(cameraFault(new DOMException('', name))).toBe(fault);
});

test('[X9] a camera that comes after its sheet was closed is ended at once', async () => {
  const track = { stop: vi.fn(), onended: null };
  let give: (stream: unknown) => void = () => undefined;
  const asked = new Promise((resolve) => (give = resolve));
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => asked } });
  const camera = new Camera();
  const started = camera.start();
  camera.stop();
  give({ getTracks: () => [track] });
  await started;
  expect(track.stop).toHaveBeenCalledOnce();
  expect(camera.stream).toBeNull();
  vi.unstubAllGlobals();
});
