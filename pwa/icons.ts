/** The app's icons, drawn at build time from two SVGs, so that no picture made by a machine is kept. */

import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import type { Plugin } from 'vite';

const icons = [
  { src: 'icons/ovikello-192.png', drawing: 'icon.svg', size: 192, purpose: 'any' },
  { src: 'icons/ovikello-512.png', drawing: 'icon.svg', size: 512, purpose: 'any' },
  { src: 'icons/maskable-192.png', drawing: 'icon-maskable.svg', size: 192, purpose: 'maskable' },
  { src: 'icons/maskable-512.png', drawing: 'icon-maskable.svg', size: 512, purpose: 'maskable' },
  { src: 'icons/apple-180.png', drawing: 'icon-maskable.svg', size: 180, purpose: 'apple' },
] as const;

export const iconEntries = icons
  .filter((icon) => icon.purpose !== 'apple')
  .map(({ src, size, purpose }) => ({
    src: `/${src}`,
    sizes: `${String(size)}x${String(size)}`,
    type: 'image/png',
    purpose,
  }));

export function appIcons(): Plugin {
  return {
    name: 'ovikello-icons',
    generateBundle() {
      for (const { src, drawing, size } of icons) {
        const svg = readFileSync(new URL(drawing, import.meta.url), 'utf8');
        const picture = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
        this.emitFile({ type: 'asset', fileName: src, source: picture.asPng() });
      }
    },
  };
}
