import type { ProcessorObserver, TurnFigures } from '@holdfast/ledger';
import { LedgerTurns } from './ledger-turns.js';

const turn: TurnFigures = { stream: 's', revision: 1, commands: 1, events: 1, conflicts: 0, appendMs: 1, served: () => [] };

describe('listening to the queues', () => {
  it('tells everybody who listens, besides the observer itself, until they stop', () => {
    const told: string[] = [];
    const turns = new LedgerTurns();
    const observer: ProcessorObserver = turns.observing({
      turnEnded: () => void told.push('metrics'),
      queued: () => void told.push('queued'),
    });
    const stop = turns.listen({ turnEnded: () => void told.push('one'), turnedAway: (stream) => void told.push(`away from ${stream}`) });
    turns.listen({ turnEnded: () => void told.push('two'), turnedAway: () => undefined });
    observer.turnEnded?.(turn);
    observer.turnedAway?.('s');
    observer.queued?.(3);
    stop();
    observer.turnEnded?.(turn);
    expect(told).toEqual(['metrics', 'one', 'two', 'away from s', 'queued', 'metrics', 'two']);
  });
});
