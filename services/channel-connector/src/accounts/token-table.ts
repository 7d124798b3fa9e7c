/** The access token of one account as all processes share it. Texts are sealed. */
export interface TokenTable {
  /** The access token, where it is valid for longer than `spareMs`. */
  valid(spareMs: number): Promise<string | undefined>;
  /** The access token as it was stored last, whether or not it is still valid. */
  stored(): Promise<string | undefined>;
  /**
   * The right to renew the token, where it is not valid for longer than `spareMs` and no other process has the right. It ends after `renewalMs`.
   * @returns the refresh token that was stored last; undefined where there is no right
   */
  claim(spareMs: number, renewalMs: number): Promise<{ readonly refresh: string | null } | undefined>;
  /** The right to renew, where there still is one, ends after `renewalMs` from now. */
  prolong(renewalMs: number): Promise<void>;
  /** Stores what the vendor gave and ends the right to renew. A refresh token that is left out stays. */
  store(access: string, validMs: number, refresh: string | undefined): Promise<void>;
  /** Ends the right to renew without a token. */
  free(): Promise<void>;
  /** Forgets this access token, where it is the one stored. */
  refuse(access: string): Promise<void>;
}
