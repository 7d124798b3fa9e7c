import { LINKS, type Link } from './network/nodes.js';

/**
 * What happens to the network in a round. `pair` drops both directions of a link, `direction` one of them, `everything` all links between
 * the nodes; `delay` brings all bytes of a link 200 ms late in each direction.
 */
export type Cut =
  | { readonly kind: 'pair'; readonly link: Link }
  | { readonly kind: 'direction'; readonly link: Link }
  | { readonly kind: 'everything' }
  | { readonly kind: 'delay'; readonly link: Link };

export interface Planned {
  readonly cut: Cut;
  /** How long it lasts. */
  readonly seconds: number;
  /** Milliseconds of load before it. */
  readonly afterMs: number;
}

const KINDS: readonly Cut['kind'][] = ['pair', 'direction', 'everything', 'pair', 'direction', 'delay'];
const LONGEST_SECONDS = 20;

/** The rounds of a seed. Kinds take turns, and no link comes again before all others had their turn. */
export function planRounds(rounds: number, random: () => number): readonly Planned[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const left: Link[] = [];
  const nextLink = (): Link => {
    if (left.length === 0) left.push(...LINKS);
    const [link] = left.splice(below(left.length), 1);
    if (link === undefined) throw new Error('there are no links');
    return link;
  };
  const plan = (index: number): Planned => ({
    cut: cutOf(KINDS[index % KINDS.length] ?? 'pair', nextLink, () => random() < 0.5),
    seconds: 1 + below(LONGEST_SECONDS),
    afterMs: 1_000 + below(2_000),
  });
  return Array.from({ length: rounds }, (_none, index) => plan(index));
}

function cutOf(kind: Cut['kind'], nextLink: () => Link, coin: () => boolean): Cut {
  if (kind === 'everything') return { kind };
  const link = nextLink();
  // A one-way cut may hit requests or answers.
  if (kind === 'direction' && coin()) return { kind, link: { from: link.to, to: link.from } };
  return { kind, link };
}

/** For people. */
export function describeCut(cut: Cut): string {
  switch (cut.kind) {
    case 'pair':
      return `pair ${cut.link.from} - ${cut.link.to}`;
    case 'direction':
      return `direction ${cut.link.from} > ${cut.link.to}`;
    case 'everything':
      return 'everything';
    case 'delay':
      return `delay ${cut.link.from} - ${cut.link.to}`;
  }
}
