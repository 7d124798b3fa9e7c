/** An engine that tests can use, and how to end it. */
export interface Engine {
  /** The variable by which every program of Holdfast finds it. */
  readonly variable: 'DATABASE_URL' | 'EVENTSTOREDB_URL' | 'KAFKA_BROKERS';
  readonly url: string;
  /** Where it comes from, for the output. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** An engine that can be taken away and brought back at the same address, with its data. */
export interface RestartableEngine extends Engine {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** Why there is no engine; named in the output, never silent. */
export interface Missing {
  readonly variable: Engine['variable'];
  readonly missing: string;
}

export type Found = Engine | Missing;

export const isEngine = (found: Found): found is Engine => 'url' in found;

export const isRestartable = (found: Found): found is RestartableEngine => 'pause' in found;
