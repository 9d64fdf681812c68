/** Reads the body of a response as it comes, piece by piece. @param on called with the text and its size in bytes */
export async function readPieces(response: Response, on: (text: string, size: number) => void): Promise<void> {
  const reader = response.body?.getReader();
  if (reader === undefined) {
    return;
  }
  const decoder = new TextDecoder();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    on(decoder.decode(value, { stream: true }), value.length);
  }
}

/** Cuts a text that comes in pieces at a separator; what follows the last one waits for more. */
export function splitter(separator: string, on: (part: string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const parts = (rest + piece).split(separator);
    rest = parts.pop() ?? '';
    parts.forEach(on);
  };
}
