/** Reads STOMP frames out of WebSocket messages, to show them. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The frames in one message, in order; a line feed alone is a heart-beat.
 *
 * @param {string | ArrayBuffer} data what the socket carried
 * @returns {{command: string, headers: Record<string, string>, text: string, size: number}[]} size in bytes
 */
export function framesOf(data) {
  const text = typeof data === 'string' ? data : decoder.decode(data);
  const frames = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === '\n' || text[at] === '\r') {
      at = afterLineEnds(text, at);
      if (frames.length === 0 && at === text.length) {
        frames.push({ command: 'heart-beat', headers: {}, text: '', size: encoder.encode(text).length });
      }
      continue;
    }
    const end = text.indexOf('\0', at);
    const raw = text.slice(at, end < 0 ? text.length : end);
    frames.push(frameOf(raw, encoder.encode(raw).length + (end < 0 ? 0 : 1)));
    at = end < 0 ? text.length : end + 1;
  }
  return frames;
}

function afterLineEnds(text, at) {
  let next = at;
  while (text[next] === '\n' || text[next] === '\r') {
    next++;
  }
  return next;
}

function frameOf(raw, size) {
  const end = raw.indexOf('\n\n');
  const [command, ...lines] = (end < 0 ? raw : raw.slice(0, end)).split('\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon)] ??= unescapeHeader(line.slice(colon + 1));
  }
  return { command, headers, text: withoutSecrets(raw), size };
}

/** A passcode or a ticket is not for the eyes of whoever stands behind the person at the screen. */
function withoutSecrets(raw) {
  return /^(CONNECT|STOMP)\n/.test(raw) ? raw.replace(/^(passcode|authorization|ticket):.*$/gim, '$1:••••••') : raw;
}

/** Undoes the escapes of a header (STOMP 1.1, Value Encoding), which the client library leaves to us. */
export function unescapeHeader(text) {
  return text.replace(/\\([\\nc])/g, (_, escape) => ({ '\\': '\\', n: '\n', c: ':' })[escape]);
}

/** Whether the service says that the connection goes on after this ERROR. */
export function isSoft(headers) {
  return headers.fatal === 'false';
}
