import type { BodyOf } from '@holdfast/client';
import { objectOf } from '../../ui/json.js';
import type { Connection } from './erp.js';

/** ERPs that Holdfast reads by itself. */
export const SYSTEMS = ['sap-s4hana', 'totvs-protheus', 'linx-microvix'] as const;
/** Stands for an ERP that sends its messages itself. */
export const SENDS = '';

export interface TypedConnection {
  readonly name: string;
  /** One of those that are read, or `SENDS`. */
  readonly system: string;
  readonly intervalSeconds: string;
  /** JSON. */
  readonly settings: string;
  /** JSON; an empty object leaves those that are stored. */
  readonly credentials: string;
}

/** What the form begins with: a new connection, or one that is changed. */
export const typedOf = (connection: Connection | undefined): TypedConnection => ({
  name: connection?.name ?? '',
  system: connection === undefined ? SYSTEMS[0] : connection.poller === null ? SENDS : connection.system,
  intervalSeconds: String(connection?.poller?.intervalSeconds ?? 60),
  settings: JSON.stringify(connection?.poller?.settings ?? {}, null, 2),
  credentials: '{}',
});

/**
 * The request that makes or changes the connection; what the form does not ask for stays as it is.
 * @throws SyntaxError, TypeError where settings or credentials are no JSON object
 */
export function connectionOf(
  { name, system, intervalSeconds, settings, credentials }: TypedConnection,
  before: Connection | undefined,
): BodyOf<'connections.put'> {
  const secrets = objectOf(credentials);
  const kept =
    before === undefined
      ? {}
      : {
          postingLagMs: before.postingLagMs,
          adjustmentsPostedBack: before.adjustmentsPostedBack,
          figureCovers: before.figureCovers,
          autoMap: before.autoMap,
        };
  if (system === SENDS) return { ...kept, name, ...(before === undefined ? {} : { system: before.system }), poller: null };
  return {
    ...kept,
    name,
    system,
    poller: {
      intervalSeconds: Number(intervalSeconds),
      settings: objectOf(settings),
      enabled: before?.poller?.enabled ?? true,
      ...(Object.keys(secrets).length === 0 ? {} : { credentials: secrets }),
    },
  };
}
