import { signal } from '@preact/signals';

/** Where we are: `#/chat/general` is the page `chat` with the segments `general`. */
export interface Route {
  readonly page: string;
  readonly segments: readonly string[];
}

function parse(hash: string): Route {
  const [page = '', ...segments] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  return { page: page === '' ? 'chat' : page, segments: segments.filter((segment) => segment !== '') };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The route of the address. */
export const route = signal<Route>(parse(location.hash));

addEventListener('hashchange', () => {
  route.value = parse(location.hash);
});

/** The address of a page, for links. */
export function href(page: string, ...segments: readonly string[]): string {
  return `#/${[page, ...segments].map(encodeURIComponent).join('/')}`;
}

/** Goes to a page. */
export function navigate(page: string, ...segments: readonly string[]): void {
  location.hash = href(page, ...segments);
}
