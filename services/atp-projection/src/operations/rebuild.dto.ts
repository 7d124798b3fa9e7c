import { ApiProperty } from '@nestjs/swagger';
import type { RebuildState } from './rebuilds.js';

const STATUSES = ['none', 'running', 'running_elsewhere', 'done', 'failed'] as const;
const PHASES = ['reading', 'comparing', 'catching_up', 'swapping'] as const;

export class SetAsideCounts {
  @ApiProperty({ description: 'In the tables as they were' })
  readonly live!: number;

  @ApiProperty({ description: 'In the rebuilt tables' })
  readonly rebuilt!: number;
}

export class RebuildView {
  @ApiProperty({ enum: STATUSES })
  readonly status!: (typeof STATUSES)[number];

  @ApiProperty({ required: false, enum: PHASES })
  readonly phase?: (typeof PHASES)[number];

  @ApiProperty({ required: false, description: 'Of the events up to the position at which both are compared; 0 to 100' })
  readonly percent?: number;

  @ApiProperty({ required: false, description: 'Events projected' })
  readonly events?: number;

  @ApiProperty({ required: false, format: 'date-time' })
  readonly startedAt?: string;

  @ApiProperty({ required: false, format: 'date-time' })
  readonly finishedAt?: string;

  @ApiProperty({ required: false, description: 'Position at which both were compared' })
  readonly position?: string;

  @ApiProperty({ required: false })
  readonly liveDigest?: string;

  @ApiProperty({ required: false })
  readonly rebuiltDigest?: string;

  @ApiProperty({ required: false, description: 'Whether the live tables said the same as the events' })
  readonly equal?: boolean;

  @ApiProperty({ required: false, description: 'Whether the rebuilt tables are the live ones now' })
  readonly swapped?: boolean;

  @ApiProperty({ required: false, description: 'Rows that differed and were published anew' })
  readonly corrected?: number;

  @ApiProperty({ required: false, type: SetAsideCounts, description: 'Streams with an event that cannot be projected' })
  readonly setAside?: SetAsideCounts;

  @ApiProperty({ required: false })
  readonly error?: string;
}

const iso = (at: number): string => new Date(at).toISOString();

export function rebuildView(state: RebuildState): RebuildView {
  switch (state.status) {
    case 'none':
    case 'running_elsewhere':
      return { status: state.status };
    case 'running': {
      const { progress } = state;
      if (progress === undefined) return { status: 'running', phase: 'reading', percent: 0, events: 0, startedAt: iso(state.startedAt) };
      const done = progress.target < 0n ? 100 : Number(((progress.position + 1n) * 100n) / (progress.target + 1n));
      return {
        status: 'running',
        phase: progress.phase,
        percent: Math.min(100, done),
        events: progress.events,
        startedAt: iso(state.startedAt),
      };
    }
    case 'done': {
      const { position, ...result } = state.result;
      const times = { startedAt: iso(state.startedAt), finishedAt: iso(state.finishedAt) };
      return { status: 'done', percent: 100, ...times, ...result, position: position.toString() };
    }
    case 'failed':
      return { status: 'failed', startedAt: iso(state.startedAt), finishedAt: iso(state.finishedAt), error: state.error };
    default:
      return state satisfies never;
  }
}
