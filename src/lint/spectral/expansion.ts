/** How much a document has become once its references are replaced: every rule walks over all of it, again and again. */

/** Far above what the largest public descriptions become; the rules need some ten seconds for it. */
const MAX_NODES = 100_000_000;

/** Throws an error where a value is larger than that, or contains itself. */
export function refuseExplosion(root: unknown): void {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const measure = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) throw new Error('a value contains itself once references are replaced');
    open.add(value);
    let size = 1;
    for (const member of Object.values(value)) size += measure(member);
    open.delete(value);
    sizes.set(value, size);
    if (size > MAX_NODES) {
      throw new Error(`the document has over ${MAX_NODES} nodes once its references are replaced`);
    }
    return size;
  };
  measure(root);
}
