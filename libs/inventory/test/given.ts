import {
  decideSku,
  evolveSku,
  initialSkuState,
  SkuAuditor,
  type SkuCommand,
  type SkuEvent,
  type SkuRefusalCode,
  type SkuState,
} from '../src/index.js';
import { morning } from './times.js';

/** What happened, and when where that matters. */
export type Past = SkuEvent | { readonly event: SkuEvent; readonly at: number };

const dated = (past: Past): { readonly event: SkuEvent; readonly at: number } => ('event' in past ? past : { event: past, at: morning });

export const fold = (past: readonly Past[]): SkuState =>
  past.map(dated).reduce((state, { event, at }) => evolveSku(state, event, at), initialSkuState());

/** Events happened, a command comes, and events or a refusal follow. Each case also checks the invariants over all of its events. */
export const given = (...past: readonly Past[]) => ({
  when: (command: SkuCommand) => {
    const decision = decideSku(fold(past), command);
    return {
      then: (...events: readonly SkuEvent[]): void => {
        expect(decision).toStrictEqual({ kind: 'accepted', events });
        const auditor = new SkuAuditor();
        const stream = [...past.map(dated), ...events.map((event) => ({ event, at: command.at }))];
        expect(stream.flatMap(({ event, at }) => [...auditor.observe(event, at), ...auditor.audit()])).toEqual([]);
      },
      thenNothing: (): void => {
        expect(decision).toEqual({ kind: 'accepted', events: [] });
      },
      thenRefused: (code: SkuRefusalCode, details: Readonly<Record<string, unknown>> = {}): void => {
        expect(decision).toMatchObject({ kind: 'refused', code, details });
      },
    };
  },
});

export const at = (time: number, event: SkuEvent): Past => ({ event, at: time });
