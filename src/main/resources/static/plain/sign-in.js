/**
 * Who is signed in to this page. The proof is a cookie that scripts cannot read; requests that change something carry
 * the other cookie's value in a header, which no page of another site can do.
 */

let isSomebody = false;

/** A refusal by the service over HTTP, in its own words. */
export class Problem extends Error {
  constructor({ status, detail, code }) {
    super(detail ?? `The service answered ${status}`);
    this.status = status;
    this.code = code ?? 'unknown';
  }
}

/** The name of who is signed in, or an empty one, and whether there are users whose passwords everybody knows. */
export async function signedIn() {
  const { user, guest, demo } = await call('GET', '/api/session');
  isSomebody = !guest;
  return { login: guest ? '' : user, demo };
}

export async function signIn(login, passcode) {
  await call('POST', '/api/session', { login, passcode });
  isSomebody = true;
}

/** Ends whatever was opened with this sign-in, in all tabs. */
export async function signOut() {
  if (isSomebody) {
    await call('DELETE', '/api/session');
    isSomebody = false;
  }
}

/** What opens one connection, once and soon. */
export async function fetchTicket() {
  const { ticket } = await call('POST', '/api/tickets');
  return ticket;
}

async function call(method, path, body) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (method !== 'GET') {
    headers['x-xsrf-token'] = await forgeryToken();
  }
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Problem({ status: answer.status, ...problemIn(text) });
  }
  return text === '' ? {} : JSON.parse(text);
}

/** What a proxy in between says is not ours, and not JSON. */
function problemIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The service sets the cookie when it is asked who is signed in. */
async function forgeryToken() {
  if (cookie('XSRF-TOKEN') === undefined) {
    await fetch('/api/session');
  }
  return cookie('XSRF-TOKEN') ?? '';
}

function cookie(name) {
  return document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
