/** How often something is done in a page that nobody sees, in milliseconds. */
const UNSEEN = 500;

/**
 * Makes a function that asks for something to be done with the next picture: however often it is called in between,
 * it is done once. Where no pictures are drawn, in a page that is not seen, it is done twice a second.
 */
export function oncePerFrame(action: () => void): { (): void; readonly cancel: () => void } {
  let cancel: (() => void) | undefined;
  const run = (): void => {
    cancel?.();
    cancel = undefined;
    action();
  };
  const ask = (): void => {
    if (cancel !== undefined) {
      return;
    }
    // A page may stop being seen after it has asked for a picture.
    const timer = setTimeout(run, UNSEEN);
    const frame = document.visibilityState === 'visible' ? requestAnimationFrame(run) : undefined;
    cancel = () => {
      clearTimeout(timer);
      if (frame !== undefined) {
        cancelAnimationFrame(frame);
      }
    };
  };
  return Object.assign(ask, {
    cancel: () => {
      cancel?.();
      cancel = undefined;
    },
  });
}
