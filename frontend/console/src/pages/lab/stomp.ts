/** Just enough of STOMP 1.2 to follow a topic and to see every byte. Applications use `@carillon/client`. */
export interface StompFrame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The text of a frame without a body. */
export function stompText(command: string, headers: Readonly<Record<string, string>>): string {
  const isPlain = command === 'CONNECT';
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${isPlain ? value : escaped(value)}\n`);
  return `${command}\n${lines.join('')}\n\0`;
}

/** The frames of a message, without the heart-beats between them. Bodies are texts without NUL, as JSON is. */
export function stompFrames(message: string): readonly StompFrame[] {
  return message
    .split('\0')
    .map((text) => text.replace(/^[\r\n]+/, ''))
    .filter((text) => text !== '')
    .map(parse);
}

function parse(text: string): StompFrame {
  const end = text.indexOf('\n\n');
  const [command = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    // Of a repeated header the first counts.
    headers[line.slice(0, colon)] ??= unescaped(line.slice(colon + 1));
  }
  return { command, headers, body: end < 0 ? '' : text.slice(end + 2) };
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', ':': '\\c' };
const ESCAPED: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r', '\\c': ':' };

function escaped(value: string): string {
  return value.replace(/[\\\n\r:]/g, (character) => ESCAPES[character] ?? character);
}

function unescaped(value: string): string {
  return value.replace(/\\[\\nrc]/g, (escape) => ESCAPED[escape] ?? escape);
}
