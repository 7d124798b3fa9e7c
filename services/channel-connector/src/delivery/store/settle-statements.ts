import { CONFLICT_COMPARED_MS } from '../settled.js';

/** Columns of `SettledListing`, as Postgres reads them from JSON. */
const ENTRIES = `
  jsonb_to_recordset($4::jsonb) AS s (sku text, "listingId" text, version bigint, quantity bigint, parts jsonb, kind text, says text,
    "retryMs" float8, reference text, "checkMs" float8, exclusive boolean, observed jsonb, memo jsonb)`;

/**
 * Rows of the call, locked in one order everywhere (the channel before its listings, as who changes the channel does), and only while the caller
 * still is the channel's writer. The disk is not waited for: what a crash of the database forgets of a call is that it was made, and it is made
 * again.
 */
const SENT = `
  held AS MATERIALIZED (
    SELECT FROM channels.channel WHERE tenant = $1 AND channel_id = $2 AND owner = $3 FOR NO KEY UPDATE
  ),
  sent AS MATERIALIZED (
    SELECT s.*, s.kind IN ('applied', 'accepted') AS taken FROM ${ENTRIES}
     CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
     WHERE EXISTS (SELECT FROM held)
  ),
  locked AS MATERIALIZED (
    SELECT sku FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND sku = ANY (ARRAY (SELECT sku FROM sent))
     ORDER BY sku FOR UPDATE
  )`;

/** Not of the account that the channel had when the write was begun. */
const OF_THIS_ACCOUNT = `(l.least_version IS NULL OR s.version >= l.least_version)`;

/** Grows with the failures in a row of the listing, up to $6 milliseconds. The first lost answer is looked at once more at once. */
const PAUSE = `
  coalesce(s."retryMs", CASE s.kind
    WHEN 'conflict' THEN ${String(CONFLICT_COMPARED_MS)}
    WHEN 'rejected_permanent' THEN $6::float8
    WHEN 'rejected_retryable' THEN least($6::float8, $5::float8 * power(2, least(l.attempts, 20)))
    ELSE CASE WHEN l.attempts = 0 THEN 0 ELSE least($6::float8, $5::float8 * power(2, least(l.attempts, 20))) END
  END) * interval '1 millisecond'`;

/** Failures of one call are one row, but lost answers: a figure that may have arrived is remembered as one that the listing may show. */
const MARKED = `
  INSERT INTO channels.history (tenant, operation, outcome, channel_id, sku, listing_id, quantity, version, detail, occurrences)
  SELECT $1, 'inventory_push', 'error', $2,
         CASE WHEN count(*) = 1 THEN min(sku) END, CASE WHEN count(*) = 1 THEN min("listingId") END,
         CASE WHEN count(*) = 1 THEN min(quantity) END, CASE WHEN count(*) = 1 THEN min(version) END, says, count(*)
    FROM changed WHERE NOT taken AND says IS NOT NULL AND kind <> 'deferred' GROUP BY says, CASE WHEN kind = 'unknown' THEN sku END`;

const TOLD = `
  INSERT INTO channels.history (tenant, operation, outcome, channel_id, sku, listing_id, quantity, version, detail)
  SELECT $1, 'inventory_push', 'ok', $2, sku, "listingId", quantity, version, CASE kind WHEN 'accepted' THEN 'accepted, to be confirmed' END
    FROM changed WHERE taken ORDER BY sku`;

/** Of the figure that was confirmed, where a newer one came while it was under way; positions never go back. */
const CONFIRMED_POSITION = `
  CASE WHEN s.kind = 'applied' THEN greatest(l.confirmed_position, (
    SELECT l.former_versions[no][2] FROM generate_subscripts(l.former_versions, 1) AS no WHERE l.former_versions[no][1] = s.version))
  ELSE l.confirmed_position END`;

/**
 * A listing that changed while its figure was being sent stays due. A failure of a figure that was taken meanwhile is not one: the answer of the
 * database to what took it was lost, and it was told twice.
 */
export const SETTLE = `
  WITH ${SENT},
  changed AS (
    UPDATE channels.listing l SET
      memo = coalesce(nullif(s.memo, 'null'), l.memo),
      prior_quantity = CASE WHEN taken AND l.sent_version IS DISTINCT FROM s.version THEN l.shown_quantity ELSE l.prior_quantity END,
      sent_quantity = CASE WHEN taken THEN s.quantity ELSE l.sent_quantity END,
      sent_version = CASE WHEN taken THEN s.version ELSE l.sent_version END,
      sent_at = CASE WHEN taken THEN now() ELSE l.sent_at END,
      shown_quantity = CASE s.kind WHEN 'applied' THEN s.quantity WHEN 'conflict' THEN (s.observed ->> 'quantity')::bigint ELSE l.shown_quantity END,
      shown_parts = CASE s.kind WHEN 'applied' THEN s.parts WHEN 'conflict' THEN s.observed -> 'parts' ELSE l.shown_parts END,
      shown_at = CASE WHEN s.kind IN ('applied', 'conflict') THEN now() ELSE l.shown_at END,
      confirmed_position = ${CONFIRMED_POSITION},
      unsure = s.kind = 'unknown' OR (s.kind = 'not_sent' AND l.unsure),
      pending_reference = CASE s.kind WHEN 'accepted' THEN s.reference WHEN 'not_sent' THEN l.pending_reference END,
      pending_version = CASE s.kind WHEN 'accepted' THEN s.version WHEN 'not_sent' THEN l.pending_version END,
      pending_quantity = CASE s.kind WHEN 'accepted' THEN s.quantity WHEN 'not_sent' THEN l.pending_quantity END,
      pending_parts = CASE s.kind WHEN 'accepted' THEN s.parts WHEN 'not_sent' THEN l.pending_parts END,
      pending_exclusive = CASE s.kind WHEN 'accepted' THEN s.exclusive WHEN 'not_sent' THEN l.pending_exclusive ELSE false END,
      pending_check_at = CASE s.kind
        WHEN 'accepted' THEN now() + s."checkMs" * interval '1 millisecond'
        WHEN 'not_sent' THEN l.pending_check_at END,
      compare_at = CASE WHEN s.kind = 'conflict' THEN least(l.compare_at, now()) ELSE l.compare_at END,
      fault = CASE WHEN taken OR s.kind IN ('conflict', 'deferred') THEN NULL ELSE s.says END,
      attempts = CASE WHEN taken THEN 0 WHEN s.kind = 'deferred' THEN l.attempts ELSE l.attempts + 1 END,
      forced = l.forced AND (NOT taken OR l.version > s.version),
      urgent = l.urgent AND (NOT taken OR l.version > s.version),
      due_at = CASE
        WHEN taken THEN CASE WHEN l.version > s.version THEN now() END
        WHEN s.kind = 'not_sent' THEN l.due_at
        WHEN l.urgent AND l.version > s.version THEN now()
        ELSE now() + ${PAUSE}
      END
      FROM sent s JOIN locked USING (sku)
     WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s."listingId" AND ${OF_THIS_ACCOUNT}
       AND CASE WHEN taken THEN l.sent_version IS NULL OR l.sent_version <= s.version
                ELSE l.due_at IS NOT NULL OR l.sent_version IS NULL OR l.sent_version < s.version END
    RETURNING l.sku, s."listingId", s.quantity, s.version, s.kind, s.says, s.taken
  ),
  healthy AS (
    UPDATE channels.channel SET failures = 0, retry_at = NULL, fault = NULL,
           last_success_at = CASE WHEN EXISTS (SELECT 1 FROM sent WHERE taken) THEN now() ELSE last_success_at END
     WHERE tenant = $1 AND channel_id = $2 AND owner = $3 AND $7
  ),
  marked AS (${MARKED})
  ${TOLD}`;

/** The end of accepted writes. An entry counts only while the listing still waits for this very write. */
export const CONFIRM = `
  WITH ${SENT},
  changed AS (
    UPDATE channels.listing l SET
      memo = coalesce(nullif(s.memo, 'null'), l.memo),
      shown_quantity = CASE s.kind WHEN 'applied' THEN s.quantity WHEN 'conflict' THEN (s.observed ->> 'quantity')::bigint ELSE l.shown_quantity END,
      shown_parts = CASE s.kind WHEN 'applied' THEN s.parts WHEN 'conflict' THEN s.observed -> 'parts' ELSE l.shown_parts END,
      shown_at = CASE WHEN s.kind IN ('applied', 'conflict') THEN now() ELSE l.shown_at END,
      confirmed_position = ${CONFIRMED_POSITION},
      unsure = s.kind = 'unknown',
      pending_reference = CASE s.kind WHEN 'accepted' THEN l.pending_reference END,
      pending_exclusive = s.kind = 'accepted' AND l.pending_exclusive,
      pending_check_at = CASE s.kind WHEN 'accepted' THEN now() + s."checkMs" * interval '1 millisecond' END,
      compare_at = CASE WHEN s.kind = 'conflict' THEN least(l.compare_at, now()) ELSE l.compare_at END,
      fault = CASE WHEN taken THEN l.fault WHEN s.kind = 'conflict' THEN NULL ELSE s.says END,
      attempts = CASE WHEN taken THEN l.attempts ELSE l.attempts + 1 END,
      due_at = CASE WHEN taken THEN l.due_at ELSE least(l.due_at, now() + ${PAUSE}) END
      FROM sent s JOIN locked USING (sku)
     WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s."listingId" AND ${OF_THIS_ACCOUNT}
       AND l.pending_version = s.version AND s.kind <> 'not_sent'
    RETURNING l.sku, s."listingId", s.quantity, s.version, s.kind, s.says, s.taken
  )
  ${MARKED}`;

/** Figures that were read back because a write had no answer. */
export const READ_BACK = `
  UPDATE channels.listing l
     SET unsure = false, shown_quantity = (s.figure ->> 'quantity')::bigint, shown_parts = s.figure -> 'parts', shown_at = now()
    FROM jsonb_to_recordset($4::jsonb) AS s ("listingId" text, figure jsonb)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = s."listingId" AND l.unsure
     AND EXISTS (SELECT 1 FROM channels.channel WHERE tenant = $1 AND channel_id = $2 AND owner = $3)`;

/** The lease goes on: a statement that takes effect late, after its process went on to the next call, must not give the channel to another one. */
export const PAUSED = `
  UPDATE channels.channel
     SET failures = failures + CASE WHEN $7 THEN 1 ELSE 0 END, fault = $4, gone = $6,
         retry_at = CASE WHEN $6 THEN NULL ELSE now() + $5::float8 * interval '1 millisecond' END
   WHERE tenant = $1 AND channel_id = $2 AND owner = $3`;
