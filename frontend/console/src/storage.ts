const PREFIX = 'carillon.';

/** Keeps a small preference in this browser, if it lets us. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // It is forgotten with the page.
  }
}

/** What was kept, if anything. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}
