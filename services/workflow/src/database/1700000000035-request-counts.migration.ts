import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counts of stock requests, kept by triggers in the transaction that changes the requests: a process of an earlier version that still runs keeps
 * them, too. The lock keeps followers away until the counts of what is there have been taken.
 */
export class RequestCounts1700000000035 implements MigrationInterface {
  readonly name = 'RequestCounts1700000000035';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const REQUEST = 'workflow.stock_request';

/** @param changed requests with a `sign`: 1 for a request as it is now, -1 for it as it was before; of a request that was deleted, neither counts */
const counted = (changed: string): string => `
  INSERT INTO workflow.stock_request_count AS c
         (tenant, requested_by, status, from_location_id, to_location_id, priority, requests, approvals, approval_ms, approved_units, shipped_units)
  SELECT * FROM (
    SELECT r.tenant, r.requested_by, r.status, r.from_location_id, coalesce(r.to_location_id, ''), r.priority, sum(sign)::bigint AS requests,
           coalesce(sum(sign) FILTER (WHERE r.approved_at IS NOT NULL), 0)::bigint AS approvals,
           coalesce(sum(sign * round(extract(epoch FROM r.approved_at - r.submitted_at) * 1000)), 0)::bigint AS approval_ms,
           sum(sign * u.approved)::bigint AS approved_units, sum(sign * u.shipped)::bigint AS shipped_units
      FROM (${changed}) AS r
     CROSS JOIN LATERAL (
           SELECT coalesce(sum((l ->> 'approved')::bigint), 0) AS approved, coalesce(sum((l ->> 'shipped')::bigint), 0) AS shipped
             FROM jsonb_array_elements(r.record -> 'lines') AS l) AS u
     WHERE r.status <> 'deleted'
     GROUP BY 1, 2, 3, 4, 5, 6) AS d
   WHERE requests <> 0 OR approvals <> 0 OR approval_ms <> 0 OR approved_units <> 0 OR shipped_units <> 0
  ON CONFLICT (tenant, requested_by, status, from_location_id, to_location_id, priority) DO UPDATE SET
    requests = c.requests + excluded.requests, approvals = c.approvals + excluded.approvals, approval_ms = c.approval_ms + excluded.approval_ms,
    approved_units = c.approved_units + excluded.approved_units, shipped_units = c.shipped_units + excluded.shipped_units`;

const countedByDay = (changed: string): string => `
  INSERT INTO workflow.stock_request_due AS c (tenant, needed_by, requests)
  SELECT tenant, needed_by, sum(sign)::bigint FROM (${changed}) AS r
   WHERE needed_by IS NOT NULL AND status IN ('draft', 'submitted', 'approved', 'fulfilling') GROUP BY tenant, needed_by HAVING sum(sign) <> 0
  ON CONFLICT (tenant, needed_by) DO UPDATE SET requests = c.requests + excluded.requests`;

const IS = 'SELECT 1 AS sign, * FROM is_now';
const WAS = 'SELECT -1 AS sign, * FROM was';

/** Counts are increments, which two followers add one after the other: each takes its turn until its commit. */
const triggered = (name: string, on: string, changed: string): readonly string[] => [
  `CREATE FUNCTION workflow.${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     PERFORM pg_advisory_xact_lock(hashtextextended('holdfast counts of stock requests', 0));
     ${counted(changed)};
     ${countedByDay(changed)};
     ${changed === IS ? '' : CLEARED}
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER ${name} AFTER ${on} FOR EACH STATEMENT EXECUTE FUNCTION workflow.${name}()`,
];

/** Where nothing is left, there is no row. */
const CLEARED = `
  DELETE FROM workflow.stock_request_count c USING was r
   WHERE c.tenant = r.tenant AND c.requested_by = r.requested_by AND c.status = r.status AND c.from_location_id = r.from_location_id
     AND c.to_location_id = coalesce(r.to_location_id, '') AND c.priority = r.priority AND c.requests = 0;
  DELETE FROM workflow.stock_request_due c USING was r WHERE c.tenant = r.tenant AND c.needed_by = r.needed_by AND c.requests = 0;`;

const EMPTIED = `
  CREATE FUNCTION workflow.empty_request_counts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM workflow.stock_request_count;
    DELETE FROM workflow.stock_request_due;
    RETURN NULL;
  END $$`;

const LISTED_BY = {
  from: 'from_location_id',
  to: 'to_location_id',
  requester: 'requested_by',
};

const UP = [
  // Against everybody at once: to take a stronger lock later would wait for followers that wait for this one.
  `LOCK TABLE ${REQUEST} IN ACCESS EXCLUSIVE MODE`,
  `CREATE TABLE workflow.stock_request_count (
    tenant text NOT NULL,
    requested_by text NOT NULL,
    status text NOT NULL,
    from_location_id text NOT NULL,
    to_location_id text NOT NULL,
    priority text NOT NULL,
    requests bigint NOT NULL,
    approvals bigint NOT NULL,
    approval_ms bigint NOT NULL,
    approved_units bigint NOT NULL,
    shipped_units bigint NOT NULL,
    PRIMARY KEY (tenant, requested_by, status, from_location_id, to_location_id, priority)
  )`,
  'CREATE TABLE workflow.stock_request_due (tenant text NOT NULL, needed_by date NOT NULL, requests bigint NOT NULL, PRIMARY KEY (tenant, needed_by))',
  ...triggered('count_new_requests', `INSERT ON ${REQUEST} REFERENCING NEW TABLE AS is_now`, IS),
  ...triggered('count_changed_requests', `UPDATE ON ${REQUEST} REFERENCING OLD TABLE AS was NEW TABLE AS is_now`, `${IS} UNION ALL ${WAS}`),
  ...triggered('count_removed_requests', `DELETE ON ${REQUEST} REFERENCING OLD TABLE AS was`, WAS),
  EMPTIED,
  `CREATE TRIGGER empty_request_counts AFTER TRUNCATE ON ${REQUEST} FOR EACH STATEMENT EXECUTE FUNCTION workflow.empty_request_counts()`,
  counted(`SELECT 1 AS sign, * FROM ${REQUEST}`),
  countedByDay(`SELECT 1 AS sign, * FROM ${REQUEST}`),
  // Pages are found by an index alone, however deep.
  'DROP INDEX workflow.stock_request_by_time',
  `CREATE INDEX stock_request_by_time ON ${REQUEST} (tenant, created_at DESC, request_id) WHERE status <> 'deleted'`,
  ...Object.entries(LISTED_BY).map(
    ([name, column]) =>
      `CREATE INDEX stock_request_by_${name} ON ${REQUEST} (tenant, ${column}, created_at DESC, request_id) WHERE status <> 'deleted'`,
  ),
  `CREATE INDEX stock_request_pending ON ${REQUEST} (tenant, (priority = 'urgent') DESC, submitted_at, request_id) WHERE status = 'submitted'`,
  `CREATE INDEX stock_request_pending_by_author ON ${REQUEST} USING gin (authors) WITH (fastupdate = off) WHERE status = 'submitted'`,
];

const DOWN = [
  `LOCK TABLE ${REQUEST} IN ACCESS EXCLUSIVE MODE`,
  ...['count_new_requests', 'count_changed_requests', 'count_removed_requests', 'empty_request_counts'].flatMap((name) => [
    `DROP TRIGGER ${name} ON ${REQUEST}`,
    `DROP FUNCTION workflow.${name}`,
  ]),
  'DROP TABLE workflow.stock_request_due, workflow.stock_request_count',
  ...['by_time', 'pending', 'pending_by_author', ...Object.keys(LISTED_BY).map((name) => `by_${name}`)].map(
    (name) => `DROP INDEX workflow.stock_request_${name}`,
  ),
  `CREATE INDEX stock_request_by_time ON ${REQUEST} (tenant, created_at DESC, request_id)`,
];
