import { expect, test } from 'vitest';
import { fetchFile } from './fetch_file.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function answering(body: string, type: string, status = 200) {
  const headers = { 'content-type': type };
  const link = {
    csrf: () => '',
    fetch: () => Promise.resolve(new Response(body, { status, headers })),
  };
  return fetchFile(link, '/api/reports/unmet/export');
}

test.each(['text/calendar', 'text/csv; charset=utf-8', XLSX])('a file of type %s', async (type) => {
  const answer = await answering('rivi', type);
  expect('ok' in answer && (await answer.ok.text())).toBe('rivi');
});

test('[W1] a page of a captive portal and JSON of anybody are no file', async () => {
  expect(await answering('<html>', 'text/html')).toMatchObject({ none: true });
  expect(await answering('{}', 'application/json')).toMatchObject({ none: true });
});

test('[A2] a refusal says its reason', async () => {
  const refusal = '{"problem": {"code": "confirm_password"}}';
  expect(await answering(refusal, 'application/json', 403)).toMatchObject({
    refused: { code: 'confirm_password' },
  });
});
