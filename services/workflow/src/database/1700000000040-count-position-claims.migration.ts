import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Open batches claim the positions that they count, no longer whole SKUs. Claims of open batches stay on all of their SKUs. Processes of the
 * version before go on with the table of before while they are replaced, so it stays, and triggers write what is claimed in one of the two
 * tables into the other. A later version drops it.
 */
export class CountPositionClaims1700000000040 implements MigrationInterface {
  readonly name = 'CountPositionClaims1700000000040';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  'LOCK TABLE workflow.count_claim IN SHARE ROW EXCLUSIVE MODE',
  `CREATE TABLE workflow.count_position_claim (
    tenant text NOT NULL,
    location_id text NOT NULL,
    sku text NOT NULL,
    lot_id text NOT NULL,
    bin_id text NOT NULL,
    batch_id text NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, location_id, sku, lot_id, bin_id, batch_id)
  )`,
  'CREATE INDEX count_position_claim_by_batch ON workflow.count_position_claim (tenant, batch_id)',
  `INSERT INTO workflow.count_position_claim (tenant, location_id, sku, lot_id, bin_id, batch_id, claimed_at)
   SELECT tenant, location_id, sku, '', '', batch_id, claimed_at FROM workflow.count_claim`,
  // Both take the lock under which claims at a location are made. Taking over the claim of a batch fails where a third one has some of the SKU.
  `CREATE FUNCTION workflow.claim_guard() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
     PERFORM pg_advisory_xact_lock(hashtextextended('count claims ' || NEW.tenant || ' ' || NEW.location_id, 0));
     IF TG_OP = 'UPDATE' AND OLD.batch_id <> NEW.batch_id AND EXISTS (
          SELECT FROM workflow.count_position_claim c WHERE c.tenant = NEW.tenant AND c.location_id = NEW.location_id AND c.sku = NEW.sku
             AND c.batch_id NOT IN (OLD.batch_id, NEW.batch_id)) THEN
       RETURN NULL;
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER claim_guard BEFORE INSERT OR UPDATE ON workflow.count_claim FOR EACH ROW EXECUTE FUNCTION workflow.claim_guard()`,
  // The first batch with claims of a SKU is the one that the version before sees.
  `CREATE FUNCTION workflow.show_claim(of_tenant text, of_location text, of_sku text) RETURNS void LANGUAGE sql AS $$
     INSERT INTO workflow.count_claim (tenant, location_id, sku, batch_id, claimed_at)
     SELECT p.tenant, p.location_id, p.sku, p.batch_id, p.claimed_at FROM workflow.count_position_claim p
      WHERE p.tenant = of_tenant AND p.location_id = of_location AND p.sku = of_sku ORDER BY p.claimed_at, p.batch_id LIMIT 1
     ON CONFLICT (tenant, location_id, sku) DO NOTHING
   $$`,
  // What the version before claims is all of a SKU.
  `CREATE FUNCTION workflow.claim_of_sku() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF pg_trigger_depth() > 1 OR (TG_OP = 'UPDATE' AND OLD.batch_id = NEW.batch_id) THEN RETURN NULL; END IF;
     IF TG_OP <> 'INSERT' THEN
       DELETE FROM workflow.count_position_claim c
        WHERE c.tenant = OLD.tenant AND c.location_id = OLD.location_id AND c.sku = OLD.sku AND c.batch_id = OLD.batch_id;
     END IF;
     IF TG_OP = 'DELETE' THEN
       PERFORM workflow.show_claim(OLD.tenant, OLD.location_id, OLD.sku);
       RETURN NULL;
     END IF;
     INSERT INTO workflow.count_position_claim (tenant, location_id, sku, lot_id, bin_id, batch_id, claimed_at)
     VALUES (NEW.tenant, NEW.location_id, NEW.sku, '', '', NEW.batch_id, NEW.claimed_at)
     ON CONFLICT (tenant, location_id, sku, lot_id, bin_id, batch_id) DO UPDATE SET claimed_at = excluded.claimed_at;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER claim_of_sku AFTER INSERT OR UPDATE OR DELETE ON workflow.count_claim
   FOR EACH ROW EXECUTE FUNCTION workflow.claim_of_sku()`,
  `CREATE FUNCTION workflow.claim_of_position() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF pg_trigger_depth() > 1 THEN RETURN NULL; END IF;
     IF TG_OP = 'DELETE' THEN
       PERFORM pg_advisory_xact_lock(hashtextextended('count claims ' || OLD.tenant || ' ' || OLD.location_id, 0));
       DELETE FROM workflow.count_claim c
        WHERE c.tenant = OLD.tenant AND c.location_id = OLD.location_id AND c.sku = OLD.sku AND c.batch_id = OLD.batch_id
          AND NOT EXISTS (SELECT FROM workflow.count_position_claim p WHERE p.tenant = OLD.tenant AND p.location_id = OLD.location_id
                             AND p.sku = OLD.sku AND p.batch_id = OLD.batch_id);
       PERFORM workflow.show_claim(OLD.tenant, OLD.location_id, OLD.sku);
     ELSE
       PERFORM workflow.show_claim(NEW.tenant, NEW.location_id, NEW.sku);
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER claim_of_position AFTER INSERT OR DELETE ON workflow.count_position_claim
   FOR EACH ROW EXECUTE FUNCTION workflow.claim_of_position()`,
];

/** Of several batches that count lots of one SKU, the one that claimed first is in the table of before. */
const DOWN = [
  'DROP TRIGGER claim_guard ON workflow.count_claim',
  'DROP TRIGGER claim_of_sku ON workflow.count_claim',
  'DROP TABLE workflow.count_position_claim',
  'DROP FUNCTION workflow.claim_guard(), workflow.claim_of_sku(), workflow.claim_of_position(), workflow.show_claim(text, text, text)',
];
