import type { AmazonAccount } from '../account.js';
import { issuesOf, rejectedByPlan, unknownSku, type Issue } from '../shop/issues.js';
import type { AmazonShop } from '../shop/shop.js';
import type { Feed } from './feed.js';
import type { FeedMessage } from './feed-content.js';

/** What the fault plan wants of one feed. */
export interface FeedFaults {
  readonly rejected: ReadonlySet<string>;
  readonly rejectedForGood: boolean;
  /** The report says accepted and nothing changes. */
  readonly neverApplies: boolean;
  /** Ends as FATAL after so many messages took effect. */
  readonly fatalAfter: number | undefined;
}

const INTERNAL: Omit<Issue, 'categories'> = {
  code: '90000001',
  severity: 'ERROR',
  message: 'An internal error occurred. Submit the message again.',
};

interface ReportIssue {
  readonly messageId: number;
  readonly sku: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** Applies the messages of a feed in order. @returns the processing report */
export function workOn(
  feed: Feed,
  messages: readonly FeedMessage[],
  { shop, account, takesCatchAll }: { readonly shop: AmazonShop; readonly account: AmazonAccount; readonly takesCatchAll: boolean },
  faults: FeedFaults,
  at: number,
): string {
  const issues: ReportIssue[] = [];
  const invalid = new Set<number>();
  for (const message of messages) {
    for (const issue of apply(message)) {
      invalid.add(message.messageId);
      issues.push({ messageId: message.messageId, sku: message.sku, code: issue.code, severity: issue.severity, message: issue.message });
    }
  }

  function apply({ sku, productType, patches }: FeedMessage): readonly Omit<Issue, 'categories'>[] {
    if (faults.rejected.has(sku)) return [faults.rejectedForGood ? rejectedByPlan(sku) : INTERNAL];
    if (typeof patches === 'string') return [{ code: '90220', severity: 'ERROR', message: patches }];
    const listing = shop.find(sku);
    if (listing === undefined) return [unknownSku(sku)];
    const found = issuesOf(listing, productType, patches, takesCatchAll);
    if (found.length === 0 && !faults.neverApplies) shop.patch(listing, patches, at);
    return found;
  }

  return JSON.stringify({
    header: { sellerId: account.sellerId, version: '2.0', feedId: feed.id },
    issues,
    summary: {
      errors: issues.length,
      warnings: 0,
      messagesProcessed: messages.length,
      messagesAccepted: messages.length - invalid.size,
      messagesInvalid: invalid.size,
    },
  });
}
