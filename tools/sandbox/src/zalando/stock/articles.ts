import type { NewListing } from '../../simulator.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import { eanOf } from './ean.js';

interface Change {
  readonly at: number;
  readonly quantity: number;
}

export interface Article {
  readonly ean: string;
  /** The merchant's own id of it. */
  readonly externalId: string;
  readonly title: string;
  onboarded: boolean;
  /** By sales channel, the newest last; the one before is kept for readers that lag. */
  readonly changes: Map<string, readonly Change[]>;
}

/** Changes kept per figure. */
const KEPT = 50;

/** The merchant's articles and what each sales channel shows of them. */
export class Articles {
  private readonly byEan = new Map<string, Article>();
  /** Figures for articles that are not onboarded yet: Zalando holds them until then. */
  private readonly held = new Map<string, Map<string, number>>();
  private made = 0;

  constructor(
    private readonly salesChannelIds: readonly string[],
    private readonly clock: SandboxClock,
  ) {}

  add({ sku, barcode, title, quantity = 0 }: NewListing, onboarded: boolean): string {
    const ean = barcode ?? eanOf((this.made += 1));
    if (this.byEan.has(ean)) throw new Error(`the simulated Zalando has an article ${ean} already`);
    const first = [{ at: this.clock.now(), quantity }];
    const changes = new Map(this.salesChannelIds.map((id) => [id, first]));
    this.byEan.set(ean, { ean, externalId: sku, title: title ?? sku, onboarded, changes });
    return ean;
  }

  find(ean: string): Article | undefined {
    return this.byEan.get(ean);
  }

  /** @throws where there is no such article */
  named(ean: string): Article {
    const article = this.byEan.get(ean);
    if (article === undefined) throw new Error(`the simulated Zalando has no article ${ean}`);
    return article;
  }

  /** Onboarded articles, by EAN. */
  all(): readonly Article[] {
    return [...this.byEan.values()].filter(({ onboarded }) => onboarded).sort((one, other) => (one.ean < other.ean ? -1 : 1));
  }

  set(article: Article, salesChannelId: string, quantity: number, at: number): void {
    const before = article.changes.get(salesChannelId) ?? [];
    article.changes.set(salesChannelId, [...before, { at, quantity }].slice(-KEPT));
  }

  hold(ean: string, salesChannelId: string, quantity: number): void {
    const held = this.held.get(ean) ?? new Map<string, number>();
    this.held.set(ean, held.set(salesChannelId, quantity));
  }

  /** The article is in the shop from now on, with the figures that were held for it. */
  onboard(ean: string, at: number): void {
    const article = this.named(ean);
    article.onboarded = true;
    for (const [salesChannelId, quantity] of this.held.get(ean) ?? []) this.set(article, salesChannelId, quantity, at);
    this.held.delete(ean);
  }

  /** The figure as of a time, now by default. */
  quantity(article: Article, salesChannelId: string, at: number = Number.POSITIVE_INFINITY): number {
    const changes = article.changes.get(salesChannelId) ?? [];
    return (changes.findLast((change) => change.at <= at) ?? changes[0])?.quantity ?? 0;
  }
}
