/** One server-sent event. */
export interface StreamEvent {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** How long the end of a response may take after the last event, in milliseconds. */
const END = 1000;

/**
 * Reads server-sent events as they arrive (WHATWG HTML, Server-sent events). The browser's `EventSource` shows neither
 * why a stream was refused nor can it send a bearer token.
 *
 * @param on called for each event; `undefined` for bytes that are none, such as comments
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  on: (event: StreamEvent | undefined, size: number) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let isOver = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      if (blocks.length === 0) {
        on(undefined, value.length);
      }
      for (const block of blocks) {
        const event = parse(block);
        on(event, block.length + 2);
        if (event?.type === 'closed') {
          // The last word of the service.
          isOver = true;
          return;
        }
      }
    }
  } finally {
    if (isOver) {
      void readEnd(reader);
    } else {
      reader.cancel().catch(() => {});
    }
  }
}

/** Lets a response end, so that its connection serves the next request, unless that takes long. */
async function readEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const stop = setTimeout(() => void reader.cancel().catch(() => {}), END);
  try {
    while (!(await reader.read()).done);
  } catch {
    // That is an end as well.
  } finally {
    clearTimeout(stop);
  }
}

function parse(block: string): StreamEvent | undefined {
  let type = 'message';
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') {
      data.push(value);
    } else if (field === 'event') {
      type = value;
    } else if (field === 'id') {
      id = value;
    }
  }
  return data.length === 0 ? undefined : { type, id, data: data.join('\n') };
}
