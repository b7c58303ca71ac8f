/**
 * Lighthouse in a browser that is already open: `node audit.mjs PORT`. A line of JSON in, `{mode, url}`, a line out:
 * `{scores, found, figures}`. `navigation` begins at `url`; `snapshot` looks at what stands on the page of that origin.
 */

import { createInterface } from 'node:readline';
import { navigation, snapshot } from 'lighthouse';
import puppeteer from 'puppeteer-core';

const FIGURES = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'];

const browser = await puppeteer.connect({
  browserURL: `http://127.0.0.1:${process.argv[2]}`,
  defaultViewport: null,
});

for await (const line of createInterface({ input: process.stdin })) {
  const { mode, url, keep } = JSON.parse(line);
  const pages = await browser.pages();
  const page = pages.find((one) => one.url().startsWith(url)) ?? pages[0];
  // Who has signed in here stays signed in; a first visit begins with nothing.
  const flags = { logLevel: 'silent', disableStorageReset: keep };
  const result =
    mode === 'navigation'
      ? await navigation(page, url, { flags })
      : await snapshot(page, { flags: { ...flags, onlyCategories: ['accessibility', 'best-practices'] } });
  console.log(JSON.stringify(told(result.lhr)));
}
await browser.disconnect();

function told({ categories, audits }) {
  const scores = Object.values(categories)
    .filter(({ score }) => score !== null)
    .map(({ id, score }) => [id, Math.round(score * 100)]);
  const found = Object.values(categories)
    .filter(({ id }) => id !== 'seo')
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => audits[id]))
    .filter(({ score }) => score !== null && score < 0.9)
    .map(({ id, title, details }) => ({ id, title, where: places(details) }));
  const figures = FIGURES.map((id) => [id, audits[id]?.numericValue]).filter(([, value]) => value !== undefined);
  return { scores: Object.fromEntries(scores), found, figures: Object.fromEntries(figures) };
}

function places(details) {
  return (details?.items ?? []).slice(0, 5).map((item) => item.node?.selector ?? item.description ?? item.url ?? '');
}
