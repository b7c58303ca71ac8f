// An OpenID Connect provider that others wrote (decision 0048), with a page of its own for signing in.
// `node provider.mjs '{"port": …, "issuer": …, "redirect": …, "secret": …, "key": file, "certificate": file}'`
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Provider } from 'oidc-provider';

const given = JSON.parse(process.argv[2]);
const client = {
  client_secret: given.secret,
  redirect_uris: [given.redirect],
  require_auth_time: true,
  token_endpoint_auth_method: 'client_secret_post',
};

const provider = new Provider(given.issuer, {
  clients: [
    { client_id: 'ovikello', ...client },
    { client_id: 'another', ...client },
  ],
  cookies: { keys: [given.secret] },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'acr', 'amr'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      preferred_username: id.replace('sub of ', ''),
      email: `${id.replace('sub of ', '')}@example.org`,
      email_verified: !id.includes('liisa'),
    }),
  }),
  // Its owner has agreed for everybody, as an organisation does.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

const page = `<!doctype html><html lang="fi"><title>Tunnistus</title><h1>Tunnistus</h1><form method="post">
<label>Tunnus <input name="login"></label><label>Tapa <input name="amr"></label><button>Tunnistaudu</button></form></html>`;

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function answer(request, response) {
  if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
  if (request.method === 'GET') return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  const form = await body(request);
  const amr = form.get('amr') ? [form.get('amr')] : undefined;
  const result = { login: { accountId: `sub of ${form.get('login')}`, amr } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const options = { key: readFileSync(given.key), cert: readFileSync(given.certificate) };
createServer(options, (request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
}).listen(given.port, '127.0.0.1', () => console.log('listening'));
