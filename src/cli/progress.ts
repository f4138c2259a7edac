/** A bar on stderr that is drawn over itself and leaves nothing behind. */

const WIDTH = 30;
/** Work that ends sooner needs no bar, and a terminal no more than a few drawings a second. */
const EVERY_MS = 200;

/** Undefined where stderr is no terminal. `now` is in milliseconds. */
export function progressOn(
  stderr: { readonly isTTY?: boolean; readonly write: (text: string) => unknown },
  now: () => number = () => performance.now(),
): ((done: number, total: number) => void) | undefined {
  if (stderr.isTTY !== true) return undefined;
  let last = now();
  let isShown = false;
  return (done, total) => {
    const share = total <= 0 ? 1 : Math.min(1, done / total);
    if (share >= 1) {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
      return;
    }
    if (now() - last < EVERY_MS) return;
    last = now();
    isShown = true;
    const filled = Math.round(share * WIDTH);
    stderr.write(
      `\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`,
    );
  };
}
