import type { Memo } from '../../figures.js';
import type { AccountVerdict, ListingWrite, Outcome, WriteResult } from '../../write.js';
import { dayOf, type EbayMemo, memoOf, storedMemo } from './memo.js';
import type { EbayClient } from '../client.js';

/** What is known so far of one write: outcomes, memos, and whether anything more may be sent. */
export class WriteSession {
  private readonly outcomes = new Map<string, Outcome>();
  private readonly memos = new Map<string, EbayMemo>();
  private account: AccountVerdict = { kind: 'ok' };
  private readonly today: string;

  constructor(readonly client: EbayClient) {
    this.today = dayOf(client.tools.now(), client.account.settings);
  }

  get stopped(): boolean {
    return this.account.kind !== 'ok';
  }

  stop(account: AccountVerdict): void {
    this.account = account;
  }

  isOpen({ listingId }: ListingWrite): boolean {
    return !this.outcomes.has(listingId);
  }

  settle({ listingId }: ListingWrite, outcome: Outcome): void {
    this.outcomes.set(listingId, outcome);
  }

  /** What was settled is decided anew. */
  reopen({ listingId }: ListingWrite): void {
    this.outcomes.delete(listingId);
  }

  memo({ listingId, memo }: ListingWrite): EbayMemo {
    return this.memos.get(listingId) ?? memoOf(memo, this.today);
  }

  remember(write: ListingWrite, change: Partial<EbayMemo>): void {
    this.memos.set(write.listingId, { ...this.memo(write), ...change });
  }

  result(): WriteResult {
    const memos: ReadonlyMap<string, Memo> = new Map([...this.memos].map(([listingId, memo]) => [listingId, storedMemo(memo)]));
    return { account: this.account, outcomes: this.outcomes, memos };
  }
}
