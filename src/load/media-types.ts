/** Media types and media ranges (RFC 9110 §8.3.1, §12.5.1), compared without their parameters. */

/** `Application/JSON; charset=utf-8` → `application/json`. */
export function essence(mediaType: string): string {
  return mediaType.split(';')[0]!.trim().toLowerCase();
}

/** Whether a type lies in a range such as `application/*`; either side may be the range. */
export function sameMedia(a: string, b: string): boolean {
  const [left, right] = [essence(a), essence(b)];
  return left === right || inRange(left, right) || inRange(right, left);
}

function inRange(type: string, range: string): boolean {
  return range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

export function isJson(mediaType: string): boolean {
  return /^[^/]+\/(?:[^/]+\+)?json$/.test(essence(mediaType));
}

/** The content whose media type fits best: named exactly, then by range. */
export function contentFor<T extends { readonly mediaType: string }>(
  contents: readonly T[],
  mediaType: string | undefined,
): T | undefined {
  if (mediaType === undefined) return contents[0];
  const wanted = essence(mediaType);
  return (
    contents.find(content => essence(content.mediaType) === wanted) ??
    contents.find(content => sameMedia(content.mediaType, wanted))
  );
}
