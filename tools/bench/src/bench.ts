import type { BenchReport } from './report.js';

export interface BenchOptions {
  readonly rounds: number;
  /** Of one side in one round. */
  readonly seconds: number;
  /** Also the sizes that take many minutes. */
  readonly full: boolean;
  /** The online-retail file; `replay` and `rebalancing` want it. */
  readonly data?: string;
  /** So many lines of that file; without it all. */
  readonly lines?: number;
  readonly say: (text: string) => void;
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  readonly run: (options: BenchOptions) => Promise<BenchReport>;
}
