// Sends a file by tus-js-client, other people's code, and says where it lies. Given as JSON on standard input:
// {file, endpoint, headers, metadata, piece_bytes, upload_url?, stop_after?}. `stop_after`: gives up after so many bytes.

import { readFileSync } from 'node:fs';
import { Upload } from 'tus-js-client';

const given = JSON.parse(readFileSync(0, 'utf8'));
const upload = new Upload(readFileSync(given.file), {
  endpoint: given.endpoint,
  uploadUrl: given.upload_url,
  headers: given.headers,
  metadata: given.metadata,
  chunkSize: given.piece_bytes,
  retryDelays: null,
  onChunkComplete(_size, accepted) {
    if (given.stop_after && accepted >= given.stop_after) void upload.abort().then(say);
  },
  onSuccess: say,
  onError(error) {
    console.error(String(error));
    process.exitCode = 1;
  },
});
upload.start();

function say() {
  console.log(JSON.stringify({ url: upload.url }));
}
