/** What to do when a channel shows another figure than the one it was told. A webhook channel reports nothing back, so there it has no effect. */
export const CONFLICT_STRATEGIES = ['master_wins', 'channel_wins', 'lower_wins', 'manual'] as const;
export type ConflictStrategy = (typeof CONFLICT_STRATEGIES)[number];
