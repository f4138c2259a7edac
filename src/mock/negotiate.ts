/** Which of the offered media types an Accept field asks for (RFC 9110 §12.5.1). */
import { essence } from '../load/media-types.ts';

interface Range {
  readonly type: string;
  readonly quality: number;
}

/** The best of the offered types; the first one without Accept, undefined where none is acceptable. */
export function negotiate<T extends { readonly mediaType: string }>(
  offered: readonly T[],
  accept: string | undefined,
): T | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = accept.split(',').map(rangeOf);
  const rated = offered.map((content, index) => ({
    content,
    index,
    quality: qualityOf(essence(content.mediaType), ranges),
  }));
  const best = rated.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality || a.index - b.index);
  return best[0]?.content;
}

function rangeOf(text: string): Range {
  const quality = /;\s*q\s*=\s*([\d.]+)/i.exec(text)?.[1];
  return { type: essence(text), quality: quality === undefined ? 1 : Number(quality) };
}

/** The most specific range that fits decides. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const group = `${type.split('/')[0]}/*`;
  for (const wanted of [type, group, '*/*']) {
    const found = ranges.find(range => range.type === wanted);
    if (found) return found.quality;
  }
  return 0;
}
