/** The service under test, which somebody else has started. */

/** Its address, such as http://127.0.0.1:8080, without a slash at the end. */
export const url = required('CARILLON_URL').replace(/\/$/, '');

/** The address of its STOMP endpoint. */
export const socketUrl = `${url.replace(/^http/, 'ws')}/ws`;

/** A name that nothing else in this run has used. */
export function unique(prefix) {
  return `${prefix}-${process.pid}-${(counter += 1)}`;
}

let counter = 0;

/** Asks the service over HTTP as one of its demo users, whose password is the name. */
export async function http(method, path, { user, body } = {}) {
  const headers = { 'content-type': 'application/json' };
  if (user !== undefined) {
    headers.authorization = `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
  }
  const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  }
  return text === '' ? null : JSON.parse(text);
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} must be set, for example to http://127.0.0.1:8080`);
  }
  return value;
}
