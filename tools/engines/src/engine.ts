/** An engine that tests can use, and how to end it. */
export interface Engine {
  /** The variable by which every program of Holdfast finds it. */
  readonly variable: 'DATABASE_URL' | 'EVENTSTOREDB_URL' | 'KAFKA_BROKERS';
  readonly url: string;
  /** Where it comes from, for the output. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Why there is no engine; named in the output, never silent. */
export interface Missing {
  readonly variable: Engine['variable'];
  readonly missing: string;
}

export type Found = Engine | Missing;

export const isEngine = (found: Found): found is Engine => 'url' in found;
