import type { PageSignals } from './types.ts';
/** What the browser tells of the page, or nothing where there is none. */
export declare function pageSignals(): PageSignals | undefined;
//# sourceMappingURL=page.d.ts.map