/** How something is known. The later in the list, the stronger. */
export const KNOWN = ['declared', 'derived', 'verified', 'observed'] as const;
export type Known = (typeof KNOWN)[number];
