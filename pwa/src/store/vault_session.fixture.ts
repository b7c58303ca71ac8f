/** The server's side of a session's key: whether something was signed by its other half. */

export async function isSignedBy(
  key: string,
  statement: string,
  signature: string,
): Promise<boolean> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const open = await crypto.subtle.importKey('raw', bytesOf(key), curve, false, ['verify']);
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  const said = new TextEncoder().encode(statement);
  return crypto.subtle.verify(how, open, bytesOf(signature), said);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
